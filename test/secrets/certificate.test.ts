import { createPrivateKey, X509Certificate } from "node:crypto";
import { formatFinding } from "../../model/finding";
import type { Duration } from "../../model/units";
import { createAuthority } from "../../secrets/authority";
import { describeCertificate, issueCertificate, needsRenewal } from "../../secrets/certificate";
import { type CertificateRequest, checkCertificateRequest } from "../../secrets/certificate-request";

const NOW = new Date("2026-01-01T00:00:00.000Z");
const ca = createAuthority({ commonName: "orders CA", validity: "365d" }, NOW);
const request: CertificateRequest = {
  commonName: "nats",
  dnsNames: ["*.nats.svc", "localhost"],
  ipAddresses: ["127.0.0.1"],
  emailAddresses: ["ops@example.com"],
  usages: ["server", "client"],
  validity: "90d",
};

describe("issueCertificate", () => {
  it("says what was asked for, with a key that fits and an authority that vouches", async () => {
    const { certificate, key } = await issueCertificate(await ca, request, NOW);
    expect(describeCertificate(certificate)).toMatchObject({
      commonName: "nats",
      dnsNames: ["*.nats.svc", "localhost"],
      ipAddresses: ["127.0.0.1"],
      emailAddresses: ["ops@example.com"],
      usages: ["server", "client"],
      notBefore: "2025-12-31T23:55:00.000Z",
      notAfter: "2026-04-01T00:00:00.000Z",
    });
    const own = new X509Certificate(certificate);
    expect(own.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(own.ca).toBe(false);
    expect(JSON.stringify(describeCertificate(certificate))).not.toContain("PRIVATE");
  });

  it("never outlasts its authority, and no two have one number", async () => {
    const long = await issueCertificate(await ca, { ...request, validity: "5000d" }, NOW);
    const { notAfter, serialNumber } = describeCertificate(long.certificate);
    expect(notAfter).toBe("2027-01-01T00:00:00.000Z");
    const again = await issueCertificate(await ca, request, NOW);
    expect(describeCertificate(again.certificate).serialNumber).not.toBe(serialNumber);
  });
});

describe("needsRenewal", () => {
  it.each<[string, string, boolean]>([
    ["30d", "2026-03-01T23:59:59Z", false],
    ["30d", "2026-03-02T00:00:00Z", true],
    ["30d", "2027-01-01T00:00:00Z", true],
    ["1h", "2026-03-31T22:59:59Z", false],
    ["1h", "2026-03-31T23:00:00Z", true],
  ])("is due %s before the end: at %s %s", async (before, at, due) => {
    const { certificate } = await issueCertificate(await ca, request, NOW);
    expect(needsRenewal(certificate, before as Duration, new Date(at))).toBe(due);
  });
});

describe("checkCertificateRequest", () => {
  const check = (change: object, renewBefore?: string) =>
    checkCertificateRequest("nats", { ...request, ...change }, renewBefore).map(formatFinding);

  it("lets right ones pass", () => {
    expect(check({})).toEqual([]);
    expect(check({ dnsNames: ["nats-0.nats", "_x.y", "xn--bcher-kva.example"], ipAddresses: ["::1"] }, "30d")).toEqual(
      [],
    );
  });

  it.each<[object, string | undefined, string]>([
    [{ commonName: "" }, undefined, 'commonName must be a name of 1 to 64 characters, got ""'],
    [{ dnsNames: ["a..b"] }, undefined, 'dnsNames[0] must be a DNS name, got "a..b"'],
    [{ dnsNames: ["10.0.0.1"] }, undefined, 'dnsNames[0] must be a DNS name, got "10.0.0.1"'],
    [{ ipAddresses: ["localhost"] }, undefined, 'ipAddresses[0] must be an IP address, got "localhost"'],
    [{ emailAddresses: ["ops"] }, undefined, 'emailAddresses[0] must be an e-mail address, got "ops"'],
    [{ usages: [] }, undefined, 'usages must have "server", "client" or both'],
    [{ usages: undefined }, undefined, 'usages must have "server", "client" or both'],
    [{ dnsNames: "a" }, undefined, 'dnsNames must be a list, got "a"'],
    [{ validity: "soon" }, undefined, 'validity must be a duration of at least "1h", got "soon"'],
    [{}, "90d", 'renewBefore must be a duration shorter than validity, got "90d"'],
    [{}, "0s", 'renewBefore must be a duration shorter than validity, got "0s"'],
  ])("refuses %j, %s", (change, renewBefore, says) => {
    expect(check(change, renewBefore)).toEqual([`CT105 certificate "nats": ${says}. Correct the value.`]);
  });
});
