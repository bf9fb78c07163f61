import type { Finding } from "../model/finding";
import type { AuthorityRequest, AuthorityState, AuthorityWanted } from "./authority-state";
import { checkAuthorityPhases, checkAuthorityShape } from "./check-authority-phases";
import { exportKey, frame, type KeyedCertificate, newKeys, x509 } from "./sign-certificate";

/** A new authority, ECDSA on P-256, that signs certificates of servers and clients but no further authorities. */
export async function createAuthority(
  { commonName, validity }: AuthorityRequest,
  now = new Date(),
): Promise<KeyedCertificate> {
  const lib = await x509();
  const keys = await newKeys();
  const certificate = await lib.X509CertificateGenerator.createSelfSigned({
    ...frame(validity, now),
    name: [{ CN: [commonName] }],
    keys,
    extensions: [
      new lib.BasicConstraintsExtension(true, 0, true),
      new lib.KeyUsagesExtension(lib.KeyUsageFlags.keyCertSign | lib.KeyUsageFlags.cRLSign, true),
      await lib.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString("pem"), key: await exportKey(keys.privateKey) };
}

/** The authority after a step, or what speaks against it. Without a step it stays as it is. */
export async function nextAuthority(
  state: AuthorityState | undefined,
  wanted: AuthorityWanted,
  request: AuthorityRequest & { readonly name: string },
  now = new Date(),
): Promise<{ readonly state?: AuthorityState; readonly findings: readonly Finding[] }> {
  const shape = checkAuthorityShape(request.name, { ...request, ...wanted });
  const findings = shape.length > 0 ? shape : checkAuthorityPhases(request.name, state, wanted);
  if (findings.length > 0) return { findings };
  const { rotate, phase } = wanted;
  if (!state || rotate > state.rotate) {
    const current = await createAuthority(request, now);
    return { state: { rotate, phase, current, ...(state && { previous: state.current }) }, findings };
  }
  const { current, previous } = state;
  return { state: { rotate, phase, current, ...(phase !== "drop" && previous && { previous }) }, findings };
}

/** The authority that signs now: the one before, until every peer was told to trust the new one. */
export function signingAuthority({ phase, current, previous }: AuthorityState): KeyedCertificate {
  return phase === "trust" && previous ? previous : current;
}

/** What peers have to trust: the newest authority, and the one before it while certificates of it are in use. PEM. */
export function trustBundle({ current, previous }: AuthorityState): string {
  return [current, previous].flatMap((authority) => (authority ? [`${authority.certificate.trim()}\n`] : [])).join("");
}
