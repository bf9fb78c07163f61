import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";

/** A certificate and its key, as texts and as files. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
  readonly certFile: string;
  readonly keyFile: string;
}

/** An authority that signs what a test needs. */
export interface TestAuthority extends TestCertificate {
  /** Signs a certificate for DNS names and addresses, good for servers and clients; valid for an hour, or long past. */
  sign(names: readonly string[], options?: { readonly expired?: boolean }): Promise<TestCertificate>;
}

/** Makes an authority, with its files in a fresh folder. */
export async function makeAuthority(name = "test authority"): Promise<TestAuthority> {
  const folder = mkdtempSync(join(tmpdir(), "headwater-certificates-"));
  let count = 0;
  const saved = (pem: { cert: string; private: string }): TestCertificate => {
    const [certFile, keyFile] = [join(folder, `${count}.pem`), join(folder, `${count}.key`)];
    count++;
    writeFileSync(certFile, pem.cert);
    writeFileSync(keyFile, pem.private);
    return { cert: pem.cert, key: pem.private, certFile, keyFile };
  };
  const authority = await generate([{ name: "commonName", value: name }], {
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, digitalSignature: true, critical: true },
    ],
  });
  return {
    ...saved(authority),
    sign: async (names, { expired = false } = {}) => {
      const hour = 3_600_000;
      const end = Date.now() + (expired ? -hour : hour);
      const leaf = await generate([{ name: "commonName", value: names[0] ?? "" }], {
        ca: { key: authority.private, cert: authority.cert },
        notBeforeDate: new Date(end - 2 * hour),
        notAfterDate: new Date(end),
        extensions: [
          { name: "basicConstraints", cA: false },
          { name: "keyUsage", digitalSignature: true, keyEncipherment: true },
          { name: "extKeyUsage", serverAuth: true, clientAuth: true },
          { name: "subjectAltName", altNames: names.map(altName) },
        ],
      });
      return saved(leaf);
    },
  };
}

function altName(name: string) {
  return /^[\d.]+$/.test(name) ? { type: 7 as const, ip: name } : { type: 2 as const, value: name };
}
