import { createPrivateKey, randomBytes, webcrypto } from "node:crypto";
import type { Duration } from "../model/units";
import { parseDuration } from "../model/units";

const ECDSA = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
// Clocks of peers may be a little behind.
const CLOCK_SKEW_MS = 5 * 60_000;

/** A certificate with its key, PEM both. */
export interface KeyedCertificate {
  readonly certificate: string;
  /** Secret. */
  readonly key: string;
}

/** The library, loaded when the first certificate is made: it takes longer to load than the rest of the provider. */
export async function x509() {
  // The library refuses to load without it.
  await import("reflect-metadata");
  return import("@peculiar/x509");
}

export function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ECDSA, true, ["sign", "verify"]) as Promise<webcrypto.CryptoKeyPair>;
}

export async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", key));
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" })
    .export({ format: "pem", type: "pkcs8" })
    .toString();
}

export function importKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(pem).export({ format: "der", type: "pkcs8" });
  return webcrypto.subtle.importKey("pkcs8", der, ECDSA, false, ["sign"]);
}

/** What every certificate has, whoever signs it. */
export function frame(validity: Duration, now: Date) {
  const lasts = Number((parseDuration(validity) ?? 0n) / 1_000_000n);
  return {
    // Positive, and long enough that two are never the same.
    serialNumber: `01${randomBytes(15).toString("hex")}`,
    notBefore: new Date(now.getTime() - CLOCK_SKEW_MS),
    notAfter: new Date(now.getTime() + lasts),
    signingAlgorithm: ECDSA,
  };
}
