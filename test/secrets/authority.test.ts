import { formatFinding } from "../../model/finding";
import type { Duration } from "../../model/units";
import { createAuthority, nextAuthority, signingAuthority, trustBundle } from "../../secrets/authority";
import type { AuthorityPhase, AuthorityState } from "../../secrets/authority-state";
import { isSignedBy, issueCertificate } from "../../secrets/certificate";

const request = { name: "ca", commonName: "orders CA", validity: "3650d" as Duration };
const go = async (state: AuthorityState | undefined, rotate: number, phase: AuthorityPhase) => {
  const next = await nextAuthority(state, { rotate, phase }, request);
  if (!next.state) throw new Error(next.findings.map(formatFinding).join("\n"));
  return next.state;
};
const refusal = async (state: AuthorityState | undefined, rotate: number, phase: AuthorityPhase) =>
  (await nextAuthority(state, { rotate, phase }, request)).findings.map(formatFinding);

describe("nextAuthority", () => {
  it("brings a new authority in without a moment in which a certificate in use is not trusted", async () => {
    let state = await go(undefined, 1, "drop");
    let inUse = await issueCertificate(signingAuthority(state), {
      commonName: "a",
      usages: ["server"],
      validity: "1d",
    });
    let trusted = trustBundle(state);
    for (const rotate of [2, 3]) {
      for (const phase of ["trust", "sign", "drop"] as const) {
        state = await go(state, rotate, phase);
        const issued = await issueCertificate(signingAuthority(state), {
          commonName: "a",
          usages: ["server"],
          validity: "1d",
        });
        // Peers load certificates and authorities at different moments: old and new of each must go together.
        for (const certificate of [inUse, issued])
          for (const bundle of [trusted, trustBundle(state)])
            expect(isTrusted(certificate.certificate, bundle)).toBe(true);
        [inUse, trusted] = [issued, trustBundle(state)];
        expect(await go(state, rotate, phase)).toEqual(state);
      }
    }
    expect(state.previous).toBeUndefined();
  });

  it("refuses every other step, and says which one is next", async () => {
    const first = await go(undefined, 1, "drop");
    const trust = await go(first, 2, "trust");
    expect(await refusal(undefined, 2, "trust")).toEqual([
      'CT102 certificate authority "ca": rotate must begin with rotate: 1, phase: "drop", got rotate: 2, phase: "trust". Leave both out: there is no authority before the first.',
    ]);
    expect(await refusal(trust, 1, "drop")).toEqual([
      'CT103 certificate authority "ca": rotate cannot go back from rotate: 2, phase: "trust" to rotate: 1, phase: "drop": certificates in use may be of the newer authority. Keep rotate: 2, phase: "trust", or go on to rotate: 2, phase: "sign".',
    ]);
    expect(await refusal(trust, 2, "drop")).toEqual([
      'CT104 certificate authority "ca": rotate cannot go from rotate: 2, phase: "trust" to rotate: 2, phase: "drop" at once: peers would meet certificates they do not trust. Set rotate: 2, phase: "sign", run up, let every peer load it, and go on then.',
    ]);
    expect(await refusal(first, 2, "sign")).toHaveLength(1);
    expect(await refusal(first, 3, "trust")).toHaveLength(1);
  });

  it("refuses arguments that are none, all at once", async () => {
    const wanted = { rotate: 0, phase: "later" as AuthorityPhase };
    const { findings } = await nextAuthority(undefined, wanted, { name: "ca", commonName: "", validity: "1m" });
    expect(findings.map(formatFinding)).toEqual([
      'CT101 certificate authority "ca": rotate must be a whole number from 1, got 0. Correct the value.',
      'CT101 certificate authority "ca": phase must be one of "trust", "sign", "drop", got "later". Correct the value.',
      'CT101 certificate authority "ca": commonName must be a name of 1 to 64 characters, got "". Correct the value.',
      'CT101 certificate authority "ca": validity must be a duration of at least "1h", got "1m". Correct the value.',
    ]);
  });

  it("gives two authorities of one name different keys", async () => {
    const [a, b] = [await createAuthority(request), await createAuthority(request)];
    const { certificate } = await issueCertificate(a, { commonName: "x", usages: ["client"], validity: "1d" });
    expect(isSignedBy(certificate, a.certificate)).toBe(true);
    expect(isSignedBy(certificate, b.certificate)).toBe(false);
  });
});

function isTrusted(certificate: string, bundle: string): boolean {
  const authorities = bundle.split(/(?=-----BEGIN)/).filter((text) => text.trim());
  return authorities.some((authority) => isSignedBy(certificate, authority));
}
