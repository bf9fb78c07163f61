import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";
import type { TlsFiles } from "../../../render/server-place";

/** Files of one certificate that is its own authority. */
export interface CertificateFiles extends TlsFiles {
  readonly remove: () => void;
}

export async function certificateFiles(): Promise<CertificateFiles> {
  const folder = mkdtempSync(join(tmpdir(), "headwater-certificate-"));
  const made = await generate([{ name: "commonName", value: "127.0.0.1" }], { keySize: 2048 });
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  return {
    certFile: file("cert.pem", made.cert),
    keyFile: file("key.pem", made.private),
    caFile: file("ca.pem", made.cert),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
