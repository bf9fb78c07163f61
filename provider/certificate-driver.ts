import type { Finding } from "../model/finding";
import { type Duration, formatDuration, parseDuration } from "../model/units";
import { isUnknown } from "../model/unknowns";
import { sameValue, showValue } from "../model/walk";
import { describeCertificate, isSignedBy, issueCertificate, needsRenewal } from "../secrets/certificate";
import { type CertificateRequest, checkCertificateRequest } from "../secrets/certificate-request";
import type { Fields } from "./driver";
import type { SecretDriver } from "./secret-handler";

const REQUEST = ["commonName", "dnsNames", "ipAddresses", "emailAddresses", "usages", "validity"] as const;
const VALIDITY = "90d";

export const certificateDriver: SecretDriver = {
  kind: "certificate",
  inputs: ({ name, authorityCertificate, authorityKey, renewBefore, ...news }) => {
    const validity = news.validity ?? VALIDITY;
    const given = Object.fromEntries(REQUEST.flatMap((key) => (news[key] === undefined ? [] : [[key, news[key]]])));
    return {
      ...given,
      name,
      commonName: news.commonName ?? name,
      usages: news.usages,
      validity,
      renewBefore: renewBefore ?? third(validity),
      authorityCertificate,
      authorityKey,
    };
  },
  check: (inputs) => {
    // What is not known yet counts as right, so that what is known is checked at once.
    const known = (key: string, right: unknown) => (isUnknown(inputs[key]) ? right : inputs[key]);
    const request = {
      commonName: known("commonName", "later"),
      dnsNames: known("dnsNames", []),
      ipAddresses: known("ipAddresses", []),
      emailAddresses: known("emailAddresses", []),
      usages: known("usages", ["server"]),
      validity: known("validity", "36500d"),
    } as CertificateRequest;
    return checkCertificateRequest(String(inputs.name), request, known("renewBefore", "1m"));
  },
  judge: async (olds, inputs) => (!isUnknown(inputs) && isStale(olds, inputs) ? judgeAuthority(inputs) : []),
  isDue: (olds, inputs) => !isUnknown(inputs) && isStale(olds, inputs),
  next: async (olds, inputs) => {
    if (olds && !isStale(olds, inputs))
      return { findings: [], outputs: pick(olds, ["certificate", "key", "notAfter"]) };
    const findings = judgeAuthority(inputs);
    if (findings.length > 0) return { findings };
    const authority = { certificate: String(inputs.authorityCertificate), key: String(inputs.authorityKey) };
    const issued = await issueCertificate(authority, inputs as unknown as CertificateRequest);
    return { findings, outputs: { ...issued, notAfter: describeCertificate(issued.certificate).notAfter } };
  },
};

// Other names, another authority, or near its end.
function isStale(olds: Fields, inputs: Fields): boolean {
  const certificate = String(olds.certificate);
  return (
    !sameValue(pick(olds, REQUEST), pick(inputs, REQUEST)) ||
    !isSignedBy(certificate, String(inputs.authorityCertificate)) ||
    needsRenewal(certificate, inputs.renewBefore as Duration)
  );
}

// A certificate never outlasts its authority: near that end, each would be due again at once.
function judgeAuthority({ name, authorityCertificate, renewBefore }: Fields): Finding[] {
  const authority = String(authorityCertificate);
  if (!needsRenewal(authority, renewBefore as Duration)) return [];
  const { notAfter } = describeCertificate(authority);
  const problem = `ends at ${notAfter}, within renewBefore ${showValue(renewBefore)}`;
  const remedy = 'Rotate the authority first: one more in rotate, with phase: "trust".';
  return [
    { code: "CT106", severity: "error", kind: "certificate", name: String(name), field: "authority", problem, remedy },
  ];
}

function third(validity: unknown): unknown {
  const lasts = parseDuration(validity);
  // In whole seconds: an amount people can read.
  return lasts === undefined ? undefined : formatDuration((lasts / 3_000_000_000n) * 1_000_000_000n);
}

function pick(from: Fields, keys: readonly string[]): Fields {
  return Object.fromEntries(keys.flatMap((key) => (from[key] === undefined ? [] : [[key, from[key]]])));
}
