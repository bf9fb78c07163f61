import { X509Certificate } from "node:crypto";
import { type Duration, parseDuration } from "../model/units";
import type { CertificateRequest, CertificateUsage } from "./certificate-request";
import { exportKey, frame, importKey, type KeyedCertificate, newKeys, x509 } from "./sign-certificate";

/** A certificate signed by an authority, with a key of its own. It never outlasts the authority. */
export async function issueCertificate(
  authority: KeyedCertificate,
  request: CertificateRequest,
  now = new Date(),
): Promise<KeyedCertificate> {
  const lib = await x509();
  const { commonName, dnsNames = [], ipAddresses = [], emailAddresses = [], usages, validity } = request;
  const issuer = new lib.X509Certificate(authority.certificate);
  const keys = await newKeys();
  const names = [
    ...dnsNames.map((value) => ({ type: "dns", value }) as const),
    ...ipAddresses.map((value) => ({ type: "ip", value }) as const),
    ...emailAddresses.map((value) => ({ type: "email", value }) as const),
  ];
  const { notAfter, ...framed } = frame(validity, now);
  const purposes = { server: lib.ExtendedKeyUsage.serverAuth, client: lib.ExtendedKeyUsage.clientAuth };
  const certificate = await lib.X509CertificateGenerator.create({
    ...framed,
    notAfter: notAfter < issuer.notAfter ? notAfter : issuer.notAfter,
    subject: [{ CN: [commonName] }],
    issuer: issuer.subjectName,
    publicKey: keys.publicKey,
    signingKey: await importKey(authority.key),
    extensions: [
      new lib.BasicConstraintsExtension(false, undefined, true),
      new lib.KeyUsagesExtension(lib.KeyUsageFlags.digitalSignature, true),
      new lib.ExtendedKeyUsageExtension(usages.map((usage) => purposes[usage])),
      ...(names.length > 0 ? [new lib.SubjectAlternativeNameExtension(names)] : []),
      await lib.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await lib.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return { certificate: certificate.toString("pem"), key: await exportKey(keys.privateKey) };
}

/** True from `renewBefore` ahead of its end on. */
export function needsRenewal(certificate: string, renewBefore: Duration, now = new Date()): boolean {
  const early = Number((parseDuration(renewBefore) ?? 0n) / 1_000_000n);
  return new X509Certificate(certificate).validToDate.getTime() - early <= now.getTime();
}

/** True when the authority's key signed it. */
export function isSignedBy(certificate: string, authority: string): boolean {
  const issuer = new X509Certificate(authority);
  const own = new X509Certificate(certificate);
  return own.checkIssued(issuer) && own.verify(issuer.publicKey);
}

/** What a certificate says, without its key. */
export interface CertificateDescription {
  readonly commonName: string;
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
  readonly emailAddresses: readonly string[];
  readonly usages: readonly CertificateUsage[];
  /** RFC 3339. */
  readonly notBefore: string;
  /** RFC 3339. */
  readonly notAfter: string;
  readonly serialNumber: string;
}

const PURPOSES: Readonly<Record<string, CertificateUsage>> = {
  "1.3.6.1.5.5.7.3.1": "server",
  "1.3.6.1.5.5.7.3.2": "client",
};

export function describeCertificate(certificate: string): CertificateDescription {
  const own = new X509Certificate(certificate);
  const names = (own.subjectAltName ?? "").split(", ");
  const ofKind = (kind: string) =>
    names.flatMap((name) => (name.startsWith(`${kind}:`) ? [name.slice(kind.length + 1)] : []));
  return {
    commonName: /^CN=(.*)$/m.exec(own.subject)?.[1] ?? "",
    dnsNames: ofKind("DNS"),
    ipAddresses: ofKind("IP Address"),
    emailAddresses: ofKind("email"),
    usages: (own.keyUsage ?? []).flatMap((purpose) => PURPOSES[purpose] ?? []),
    notBefore: own.validFromDate.toISOString(),
    notAfter: own.validToDate.toISOString(),
    serialNumber: own.serialNumber,
  };
}
