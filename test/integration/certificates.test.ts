import { renameSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { connect as tlsConnect } from "node:tls";
import type { NatsConnection } from "@nats-io/transport-node";
import { createAuthority, nextAuthority, signingAuthority, trustBundle } from "../../secrets/authority";
import type { AuthorityPhase, AuthorityState } from "../../secrets/authority-state";
import { describeCertificate, issueCertificate } from "../../secrets/certificate";
import type { CertificateRequest } from "../../secrets/certificate-request";
import type { KeyedCertificate } from "../../secrets/sign-certificate";
import { fill, makeStream, readBack, startLoad } from "../support/load";
import { until } from "../support/nats";
import { type RollingServers, rollingServers, startAll } from "../support/rolling";

const SERVER: CertificateRequest = {
  commonName: "rolling",
  dnsNames: ["localhost"],
  ipAddresses: ["127.0.0.1"],
  usages: ["server", "client"],
  validity: "1d",
};

let servers: RollingServers;
afterEach(() => servers.end());

const pathOf = (i: number, name: string) => join(servers.folder, `${i}-${name}.pem`);

// A file is replaced at once: a server never reads half of one.
function put(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

function install(i: number, { certificate, key }: KeyedCertificate, trusted: string): void {
  put(pathOf(i, "cert"), certificate);
  put(pathOf(i, "key"), key);
  put(pathOf(i, "ca"), trusted);
}

const tlsOf = (i: number, more = "") =>
  `tls { cert_file: "${pathOf(i, "cert")}", key_file: "${pathOf(i, "key")}", ca_file: "${pathOf(i, "ca")}", timeout: 5, ${more} }`;

/** The number of the certificate a server shows to somebody who connects now. */
async function servedNumber(i: number, ca: string): Promise<string> {
  const port = Number(new URL(servers.urls[i] as string).port);
  return new Promise((resolve, reject) => {
    const plain = connect(port, "127.0.0.1");
    plain.once("error", reject);
    plain.once("data", () => {
      const socket = tlsConnect({ socket: plain, ca, servername: "localhost" }, () => {
        resolve(socket.getPeerX509Certificate()?.serialNumber ?? "");
        socket.destroy();
      });
      socket.once("error", reject);
    });
  });
}

const numberOf = ({ certificate }: KeyedCertificate) => describeCertificate(certificate).serialNumber;

async function clusterWith(certificates: readonly KeyedCertificate[], trusted: string): Promise<void> {
  servers = await rollingServers(3, undefined, true);
  certificates.forEach((certificate, i) => {
    install(i, certificate, trusted);
  });
  const started = await Promise.all(
    [0, 1, 2].map((i) => servers.start(i, { top: tlsOf(i, "verify: true"), cluster: tlsOf(i) })),
  );
  expect(started).toEqual([true, true, true]);
}

const clientTls = async (authority: KeyedCertificate, trusted: string) => {
  const { certificate, key } = await issueCertificate(authority, {
    commonName: "client",
    usages: ["client"],
    validity: "1d",
  });
  return { tls: { ca: trusted, cert: certificate, key } };
};

async function prepare(nc: NatsConnection): Promise<void> {
  await makeStream(nc, "R3", 3);
  await fill(nc, "R3", 50);
}

async function expectNothingLost(nc: NatsConnection, load: ReturnType<typeof startLoad>): Promise<void> {
  const { published } = load;
  await until("publishing to go on", async () => load.published > published + 50);
  await load.stop();
  expect(await readBack(nc, "R3")).toBe(load.published);
  expect(load.consumed).toBe(load.published);
}

async function reloadAll(certificates: readonly KeyedCertificate[], trusted: string): Promise<void> {
  for (const [i, certificate] of certificates.entries()) {
    install(i, certificate, trusted);
    servers.reload(i);
    await until(
      `server ${i} to show its certificate`,
      async () => (await servedNumber(i, trusted)) === numberOf(certificate),
    );
  }
}

const starts = () => [0, 1, 2].map((i) => servers.log(i).match(/Server is ready/g)?.length);

describe("a cluster of three with TLS toward clients and among its servers", () => {
  it("takes renewed certificates by a reload, under load, without a restart or a lost message", async () => {
    const ca = await createAuthority({ commonName: "orders CA", validity: "10d" });
    const issue = () => Promise.all([0, 1, 2].map(() => issueCertificate(ca, SERVER)));
    await clusterWith(await issue(), ca.certificate);
    const nc = await servers.connect(await clientTls(ca, ca.certificate));
    try {
      await prepare(nc);
      const load = startLoad(nc, "R3", 50);
      await reloadAll(await issue(), ca.certificate);
      await expectNothingLost(nc, load);
      expect(load.retries).toBe(0);
      expect(starts()).toEqual([1, 1, 1]);
    } finally {
      await nc.close();
    }
  }, 90_000);

  it("takes a new authority in its phases, under load, and trusts the old one no more", async () => {
    const request = { name: "ca", commonName: "orders CA", validity: "10d" as const };
    const go = async (state: AuthorityState | undefined, rotate: number, phase: AuthorityPhase) =>
      (await nextAuthority(state, { rotate, phase }, request)).state as AuthorityState;
    const issue = (state: AuthorityState) =>
      Promise.all([0, 1, 2].map(() => issueCertificate(signingAuthority(state), SERVER)));
    let state = await go(undefined, 1, "drop");
    const first = state.current;
    let certificates = await issue(state);
    await clusterWith(certificates, trustBundle(state));
    let nc = await servers.connect(await clientTls(first, trustBundle(state)));
    try {
      await prepare(nc);
      let load = startLoad(nc, "R3", 50);
      for (const phase of ["trust", "sign", "drop"] as const) {
        state = await go(state, 2, phase);
        if (phase === "sign") certificates = await issue(state);
        await reloadAll(certificates, trustBundle(state));
        // Clients get the bundle and their certificates too before the old authority goes.
        if (phase !== "sign") continue;
        await load.stop();
        const { published } = load;
        await nc.close();
        nc = await servers.connect(await clientTls(signingAuthority(state), trustBundle(state)));
        load = startLoad(nc, "R3", published, load.seen);
        expect(await readBack(nc, "R3")).toBeGreaterThanOrEqual(published);
      }
      // Connections between servers live on: they are made anew with the new certificates alone.
      for (const i of [0, 1, 2]) {
        await servers.stop(i);
        expect(await servers.start(i, { top: tlsOf(i, "verify: true"), cluster: tlsOf(i) })).toBe(true);
      }
      await load.stop();
      expect(await readBack(nc, "R3")).toBe(load.published);
      await expect(
        servers.connect({ ...(await clientTls(first, trustBundle(state))), reconnect: false, timeout: 2_000 }),
      ).rejects.toThrow();
    } finally {
      await nc.close();
    }
  }, 90_000);
});

describe("clients with certificates", () => {
  const users = `accounts { A { users: [{ user: "billing@example.com" }, { user: "orders.example.com" }, { user: "CN=plain" }] } }`;
  let ca: KeyedCertificate;
  beforeEach(async () => {
    ca = await createAuthority({ commonName: "orders CA", validity: "10d" });
    servers = await rollingServers(1, undefined, true);
    install(0, await issueCertificate(ca, SERVER), ca.certificate);
    await startAll(servers, { top: `${tlsOf(0, "verify_and_map: true")}\n${users}` });
  });
  const login = async (authority: KeyedCertificate, request: Partial<CertificateRequest>, trusted = ca.certificate) => {
    const whole = { commonName: "somebody", usages: ["client"], validity: "1d", ...request } as CertificateRequest;
    const { certificate, key } = await issueCertificate(authority, whole);
    const nc = await servers.connect({
      tls: { ca: trusted, cert: certificate, key },
      reconnect: false,
      timeout: 2_000,
    });
    const reply = await nc.request("$SYS.REQ.USER.INFO");
    await nc.close();
    return reply.json<{ data: { user: string } }>().data.user;
  };

  it("are the users their e-mail address, DNS name or subject says", async () => {
    expect(await login(ca, { emailAddresses: ["billing@example.com"] })).toBe("billing@example.com");
    expect(await login(ca, { dnsNames: ["orders.example.com"] })).toBe("orders.example.com");
    expect(await login(ca, { commonName: "plain" })).toBe("CN=plain");
  });

  it("are refused as nobody the server knows, with a server's certificate, without one, and from another authority", async () => {
    const other = await createAuthority({ commonName: "orders CA", validity: "10d" });
    await expect(login(ca, { emailAddresses: ["else@example.com"] })).rejects.toThrow(/Authorization Violation/);
    await expect(login(ca, { commonName: "plain", usages: ["server"] })).rejects.toThrow();
    await expect(login(other, { commonName: "plain" })).rejects.toThrow();
    await expect(login(ca, { commonName: "plain" }, other.certificate)).rejects.toThrow(/certificate/);
    await expect(servers.connect({ tls: { ca: ca.certificate }, reconnect: false, timeout: 2_000 })).rejects.toThrow();
    await until("the server's words", async () => /unknown authority/.test(servers.log(0)));
    expect(servers.log(0)).toMatch(/incompatible key usage/);
  });
});
