import { isIP } from "node:net";
import type { Finding } from "../model/finding";
import { type Duration, parseDuration } from "../model/units";
import { showValue } from "../model/walk";

/** What a certificate is for. `server` listens, `client` connects; servers of a cluster do both among each other. */
export const USAGES = ["server", "client"] as const;

export type CertificateUsage = (typeof USAGES)[number];

/** What a certificate says. */
export interface CertificateRequest {
  /** Common name of its subject; what `verifyAndMap` takes as the user `CN=…` where no address or name matches. */
  readonly commonName: string;
  /** DNS names, `*.nats.svc` for one label. @default - none */
  readonly dnsNames?: readonly string[];
  /** IP addresses. @default - none */
  readonly ipAddresses?: readonly string[];
  /** E-mail addresses: users of `verifyAndMap`. @default - none */
  readonly emailAddresses?: readonly string[];
  readonly usages: readonly CertificateUsage[];
  /** How long it is valid. */
  readonly validity: Duration;
}

const DNS_NAME =
  /^(\*\.)?[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*$/;
const EMAIL = /^[^\s@,"]+@[^\s@,"]+$/;
const HOUR = 3_600_000_000_000n;

const LISTS: readonly [
  field: "dnsNames" | "ipAddresses" | "emailAddresses" | "usages",
  is: (text: string) => boolean,
  what: string,
][] = [
  ["dnsNames", (text) => text.length <= 253 && DNS_NAME.test(text) && isIP(text) === 0, "a DNS name"],
  ["ipAddresses", (text) => isIP(text) !== 0, "an IP address"],
  ["emailAddresses", (text) => EMAIL.test(text), "an e-mail address"],
  ["usages", (text) => (USAGES as readonly string[]).includes(text), '"server" or "client"'],
];

/** What is wrong with a request. `renewBefore` is how long before its end the certificate is made anew. */
export function checkCertificateRequest(name: string, request: CertificateRequest, renewBefore?: unknown): Finding[] {
  const { commonName, usages, validity } = request;
  const lasts = parseDuration(validity);
  const found: [field: string, problem: string][] = [];
  if (typeof commonName !== "string" || commonName === "" || commonName.length > 64)
    found.push(["commonName", `must be a name of 1 to 64 characters, got ${showValue(commonName)}`]);
  found.push(...LISTS.flatMap(([field, is, what]) => checkList(field, request[field] ?? [], is, what)));
  if ((usages ?? []).length === 0) found.push(["usages", 'must have "server", "client" or both']);
  if ((lasts ?? 0n) < HOUR) found.push(["validity", `must be a duration of at least "1h", got ${showValue(validity)}`]);
  const early = renewBefore === undefined ? 1n : (parseDuration(renewBefore) ?? 0n);
  if (early <= 0n || early >= (lasts ?? early + 1n))
    found.push(["renewBefore", `must be a duration shorter than validity, got ${showValue(renewBefore)}`]);
  return found.map(([field, problem]) => ({
    code: "CT105",
    severity: "error",
    kind: "certificate",
    name,
    field,
    problem,
    remedy: "Correct the value.",
  }));
}

function checkList(
  field: string,
  list: unknown,
  is: (text: string) => boolean,
  what: string,
): [field: string, problem: string][] {
  if (!Array.isArray(list)) return [[field, `must be a list, got ${showValue(list)}`]];
  return list.flatMap((text: unknown, i): [string, string][] =>
    typeof text === "string" && is(text) ? [] : [[`${field}[${i}]`, `must be ${what}, got ${showValue(text)}`]],
  );
}
