import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { isIP } from "node:net";
import { join, resolve } from "node:path";
import type { ClusterSpec } from "../model/cluster/cluster-spec";
import type { TlsSide, TlsSideName } from "../model/cluster/tls-spec";
import { throwFindings } from "../model/finding";
import { type Duration, parseDuration } from "../model/units";
import type { TlsFiles } from "../render/server-place";
import { nextAuthority, signingAuthority, trustBundle } from "../secrets/authority";
import type { AuthorityState } from "../secrets/authority-state";
import { describeCertificate, isSignedBy, issueCertificate, needsRenewal } from "../secrets/certificate";
import type { CertificateRequest } from "../secrets/certificate-request";
import { authorityFolder, type LocalHome, tlsFolder } from "./home";
import { SYSTEM_USER } from "./local-spec";
import { makePrivateFolder, writeWhole } from "./state";

const DURATION = "90d";
const AUTHORITY = { commonName: "Headwater local authority", validity: "3650d" } as const;

/** A certificate that is made here: for one side of a server, or for a client. */
export interface LocalCertificate {
  readonly files: TlsFiles;
  readonly request: CertificateRequest;
  readonly renewBefore: Duration;
}

/** True when the certificate of a side is made here: whatever does not come from files. */
export function isMadeHere(side: TlsSide): boolean {
  return side.certFile === undefined;
}

const caFile = (home: LocalHome) => join(authorityFolder(home), "ca.crt");

/** Files of the TLS of one side, made here or given. */
export function sideFiles(home: LocalHome, cwd: string, server: string, name: string, side: TlsSide): TlsFiles {
  if (isMadeHere(side)) return madeFiles(home, `${server}.${name}`);
  const path = (file: string | undefined) => resolve(cwd, file ?? "");
  return {
    certFile: path(side.certFile),
    keyFile: path(side.keyFile),
    ...(side.caFile && { caFile: path(side.caFile) }),
  };
}

/** Certificate a client of a cluster shows, made here; `undefined` where none is asked for. */
export function clientFiles(home: LocalHome, spec: ClusterSpec, user: string = SYSTEM_USER): TlsFiles | undefined {
  const side = spec.tls?.client;
  if (!side || !isMadeHere(side)) return undefined;
  if (side.verifyAndMap) return madeFiles(home, `client.${user.replace(/[^\w.@-]/g, "_")}`);
  return side.verify ? madeFiles(home, "client") : undefined;
}

function madeFiles(home: LocalHome, name: string): TlsFiles {
  const file = (ending: string) => join(tlsFolder(home), `${name}.${ending}`);
  return { certFile: file("crt"), keyFile: file("key"), caFile: caFile(home) };
}

/** Every certificate a cluster needs and nobody gave. */
export function certificatesOf(home: LocalHome, spec: ClusterSpec, servers: readonly string[]): LocalCertificate[] {
  const sides = Object.entries(spec.tls ?? {}) as [TlsSideName, TlsSide][];
  const remotes = (spec.leafNodes?.remotes ?? []).flatMap(({ tls }, i) => (tls ? [[`remote${i}`, tls] as const] : []));
  const made = [...sides, ...remotes].filter(([, side]) => isMadeHere(side));
  return [
    ...servers.flatMap((server) => made.map(([name, side]) => serverCertificate(home, server, name, side))),
    ...clientCertificates(home, spec),
  ];
}

function serverCertificate(home: LocalHome, server: string, name: string, side: TlsSide): LocalCertificate {
  const names = ["localhost", server, ...(side.extraNames ?? []).filter((each) => isIP(each) === 0)];
  const addresses = ["127.0.0.1", "::1", ...(side.extraNames ?? []).filter((each) => isIP(each) !== 0)];
  return certificate(madeFiles(home, `${server}.${name}`), side, {
    commonName: server,
    dnsNames: names,
    ipAddresses: addresses,
    usages: ["server", "client"],
  });
}

function clientCertificates(home: LocalHome, spec: ClusterSpec): LocalCertificate[] {
  const side = spec.tls?.client;
  if (!side || !isMadeHere(side) || !(side.verify || side.verifyAndMap)) return [];
  const users = Object.values(spec.accounts ?? {}).flatMap((account) => account.users ?? []);
  const mapped = users.flatMap(({ user, password, nkey }) => (user && !password && !nkey ? [user] : []));
  const names = side.verifyAndMap ? mapped : [SYSTEM_USER];
  return names.map((user) => {
    const files = clientFiles(home, spec, user) as TlsFiles;
    return certificate(files, side, { ...subjectOf(user), usages: ["client"] });
  });
}

// server/auth.go checkClientTLSCertSubject: the e-mail address, the DNS name or the whole subject is the user.
function subjectOf(user: string): Pick<CertificateRequest, "commonName" | "dnsNames" | "emailAddresses"> {
  if (user.startsWith("CN=")) return { commonName: user.slice("CN=".length) };
  const commonName = user.slice(0, 64);
  return user.includes("@") ? { commonName, emailAddresses: [user] } : { commonName, dnsNames: [user] };
}

function certificate(
  files: TlsFiles,
  { duration = DURATION, renewBefore }: TlsSide,
  request: Omit<CertificateRequest, "validity">,
): LocalCertificate {
  const third: Duration = `${Math.floor(Number(parseDuration(duration) ?? 0n) / 3e9)}s`;
  return { files, request: { ...request, validity: duration }, renewBefore: renewBefore ?? third };
}

/** Makes what is missing, due or no longer fits, or everything anew; answers the files that were written. */
export async function ensureCertificates(
  home: LocalHome,
  wanted: readonly LocalCertificate[],
  renew = false,
): Promise<string[]> {
  if (wanted.length === 0) return [];
  const authority = signingAuthority(await ensureAuthority(home));
  makePrivateFolder(tlsFolder(home));
  const written: string[] = [];
  for (const each of wanted) {
    if (!renew && isGood(each, authority.certificate)) continue;
    const { certificate, key } = await issueCertificate(authority, each.request);
    writeWhole(each.files.keyFile, key);
    writeWhole(each.files.certFile, certificate);
    written.push(each.files.certFile);
  }
  return written;
}

function isGood({ files, request, renewBefore }: LocalCertificate, authority: string): boolean {
  if (!existsSync(files.certFile) || !existsSync(files.keyFile)) return false;
  const text = readFileSync(files.certFile, "utf8");
  const { dnsNames, ipAddresses, emailAddresses } = describeCertificate(text);
  const has = (got: readonly string[], wanted: readonly string[] = []) => wanted.every((name) => got.includes(name));
  // Node writes ::1 in full.
  const addresses = (request.ipAddresses ?? []).filter((address) => !address.includes(":"));
  const fits =
    has(dnsNames, request.dnsNames) && has(ipAddresses, addresses) && has(emailAddresses, request.emailAddresses);
  return fits && isSignedBy(text, authority) && !needsRenewal(text, renewBefore);
}

async function ensureAuthority(home: LocalHome): Promise<AuthorityState> {
  const file = join(authorityFolder(home), "authority.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as AuthorityState;
  const wanted = { rotate: 1, phase: "drop" } as const;
  const { state, findings } = await nextAuthority(undefined, wanted, { ...AUTHORITY, name: home.name });
  throwFindings(findings);
  mkdirSync(authorityFolder(home), { recursive: true, mode: 0o700 });
  writeWhole(caFile(home), trustBundle(state as AuthorityState));
  writeWhole(file, `${JSON.stringify(state, null, 2)}\n`);
  return state as AuthorityState;
}
