import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nkeys } from "@nats-io/transport-node";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import type { TlsSide } from "../../model/cluster/tls-spec";
import { listServers } from "../../provider/cluster/servers";
import { systemOf } from "../../provider/cluster/system";
import { readSettings, type Settings } from "../../provider/settings";
import { makeAuthority, type TestAuthority, type TestCertificate } from "../support/certificates";
import { closeConnections, handlerOf, manage } from "../support/handlers";
import type { TestServer } from "../support/nats";
import { makeOperator } from "../support/operator";
import { startRendered } from "../support/rendered";

const folder = mkdtempSync(join(tmpdir(), "headwater-logins-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let server: TestServer;
afterEach(async () => {
  await closeConnections();
  await server.stop();
});

const base: ClusterSpec = { name: "logins", jetstream: { maxFileStore: "1GiB" } };

/** Creates, reads and deletes a stream. */
async function roundTrip(settings: Record<string, string>): Promise<void> {
  const config = { "nats:servers": server.url, "nats:connectTimeout": "6s", "nats:timeout": "5s", ...settings };
  const asset = manage(await handlerOf("stream", config));
  await asset.apply({ name: "S" });
  expect(await asset.refresh()).toMatchObject({ name: "S" });
  await asset.remove();
}

/** The one message of a refused login; it has none of the secrets. */
async function refusal(settings: Record<string, string>): Promise<string> {
  const error = await roundTrip(settings).then(
    () => new Error("it was let in"),
    (thrown: Error) => thrown,
  );
  for (const key of ["password", "token", "nkey", "jwt", "creds", "key"]) {
    const secret = settings[`nats:${key}`];
    for (const line of secret?.split("\n").filter((text) => text.length > 3) ?? [])
      expect(`${error.message}${error.stack}`).not.toContain(line);
  }
  expect(error.message.split("\n")).toHaveLength(1);
  return error.message.replace(/(nats|tls):\/\/127\.0\.0\.1:\d+/g, "URL");
}

const LOGIN_REFUSED =
  'CN102 provider "URL": the server refused the login ("Authorization Violation"). Check the user, password, token or key of the provider.';

describe("a login to a rendered cluster", () => {
  it("by user and password, and not by another", async () => {
    const accounts = { APP: { users: [{ user: "u", password: { value: "s3cret" } }] } };
    server = await startRendered({ ...base, accounts });
    await roundTrip({ "nats:user": "u", "nats:password": "s3cret" });
    expect(await refusal({ "nats:user": "u", "nats:password": "wr0ng-secret" })).toBe(LOGIN_REFUSED);
    expect(await refusal({})).toBe(LOGIN_REFUSED);
  });

  it("by token, and not by another", async () => {
    server = await startRendered({ ...base, authorization: { token: { value: "t0ken" } } });
    await roundTrip({ "nats:token": "t0ken" });
    expect(await refusal({ "nats:token": "wr0ng-token" })).toBe(LOGIN_REFUSED);
  });

  it("by nkey, and not by another", async () => {
    const user = nkeys.createUser();
    const seedOf = (key: nkeys.KeyPair) => new TextDecoder().decode(key.getSeed());
    server = await startRendered({ ...base, accounts: { APP: { users: [{ nkey: user.getPublicKey() }] } } });
    await roundTrip({ "nats:nkey": seedOf(user) });
    expect(await refusal({ "nats:nkey": seedOf(nkeys.createUser()) })).toBe(LOGIN_REFUSED);
  });
});

describe.each(["memory", "full"] as const)("a login by token of an operator, resolver %s", (type) => {
  const operator = makeOperator([{ mem_storage: -1, disk_storage: -1, streams: -1, consumer: -1 }, {}]);
  beforeEach(async () => {
    const { jwt, preload, systemAccount } = operator;
    server = await startRendered({ ...base, operator: { jwt, preload, systemAccount, resolver: { type } } });
  });

  it("as text of credentials, as a file that is renewed in place, and as token with its key", async () => {
    const { creds, jwt, seed } = operator.user(0);
    await roundTrip({ "nats:creds": creds });
    await roundTrip({ "nats:jwt": jwt, "nats:nkey": seed });
    const file = join(folder, "user.creds");
    writeFileSync(file, creds);
    await roundTrip({ "nats:credsFile": file });
    await closeConnections();
    writeFileSync(file, operator.user(0).creds);
    await roundTrip({ "nats:credsFile": file });
  });

  it("not with a token of another operator, an expired one, another's key, or credentials that are none", async () => {
    const stranger = makeOperator([{}]).user(0);
    expect(await refusal({ "nats:creds": stranger.creds })).toBe(LOGIN_REFUSED);
    const expired = operator.user(0, { exp: Math.floor(Date.now() / 1000) - 60 });
    expect(await refusal({ "nats:creds": expired.creds })).toMatch(
      /^CN102 provider "URL": the server refused the login \("(Authorization Violation|User Authentication Expired)"\)\. Check the user, password, token or key of the provider\.$/,
    );
    expect(await refusal({ "nats:jwt": operator.user(0).jwt, "nats:nkey": stranger.seed })).toBe(LOGIN_REFUSED);
    expect(await refusal({ "nats:creds": "-----BEGIN NOTHING-----\nabcdef" })).toBe(
      'CN103 provider "URL": the connection cannot be set up ("unable to parse credentials"). Check the provider\'s TLS options and keys.',
    );
    const absent = join(folder, "absent.creds");
    expect(await refusal({ "nats:credsFile": absent })).toBe(
      `CN103 provider "URL": the connection cannot be set up ("ENOENT: no such file or directory, open '${absent}'"). Check the provider's TLS options and keys.`,
    );
  });

  it("of an account without JetStream, and with too few permissions, is told so", async () => {
    expect(await refusal({ "nats:creds": operator.user(1).creds })).toBe(
      'CN104 provider "URL": JetStream is not enabled here ("JetStream not enabled for account", 10039). Enable it on the servers and for this account; check nats:domain if the account uses one.',
    );
    const reader = operator.user(0, { pub: { allow: ["$JS.API.STREAM.INFO.*"] } });
    expect(await refusal({ "nats:creds": reader.creds })).toBe(
      'CN105 provider "URL": the user may not publish "$JS.API.STREAM.CREATE.S". Grant it: see docs/permissions.md for the smallest set.',
    );
  });

  it("of the system account asks about the servers", async () => {
    const config: Record<string, string> = { "nats:servers": server.url, "nats:creds": operator.system.creds };
    const { settings } = readSettings((key) => config[key]);
    expect(await listServers(systemOf(settings as Settings))).toMatchObject([{ name: "logins", jetstream: true }]);
  });
});

describe("TLS to a rendered cluster", () => {
  let authority: TestAuthority;
  let other: TestAuthority;
  let own: TestCertificate;
  beforeAll(async () => {
    [authority, other] = [await makeAuthority(), await makeAuthority("another authority")];
    own = await authority.sign(["localhost", "127.0.0.1"]);
  });

  const start = async (side: Partial<TlsSide>, more: Partial<ClusterSpec> = {}, with_: TestCertificate = own) => {
    const { certFile, keyFile } = with_;
    const client = { certFile, keyFile, caFile: authority.certFile, ...side };
    server = await startRendered({ ...base, ...more, tls: { client } });
  };
  const settings = (client?: TestCertificate, more: Record<string, string> = {}): Record<string, string> => ({
    "nats:servers": server.url.replace("nats:", "tls:"),
    "nats:ca": authority.cert,
    ...(client && { "nats:cert": client.cert, "nats:key": client.key }),
    ...more,
  });
  const SETUP = (reason: string) =>
    new RegExp(
      `^CN103 provider "URL": the connection cannot be set up \\("${reason}"\\)\\. Check the provider's TLS options and keys\\.$`,
    );

  it("with an authority of one's own, and not with another", async () => {
    await start({});
    await roundTrip(settings());
    expect(await refusal(settings(undefined, { "nats:ca": other.cert }))).toMatch(
      SETUP(
        "unable to verify the first certificate|self-signed certificate in certificate chain|unable to get local issuer certificate",
      ),
    );
  });

  it("at an address, with a certificate for that address and for no other", async () => {
    await start({}, {}, await authority.sign(["127.0.0.1"]));
    await roundTrip(settings());
    await server.stop();
    await start({}, {}, await authority.sign(["localhost", "127.0.0.2"]));
    expect(await refusal(settings())).toMatch(
      SETUP("Hostname/IP does not match certificate's altnames: IP: 127.0.0.1 is not in the cert's list: 127.0.0.2"),
    );
    const named = server.url.replace("nats://127.0.0.1", "tls://localhost");
    await roundTrip(settings(undefined, { "nats:servers": named }));
  });

  it("by client certificate, which is the user", async () => {
    const accounts = { APP: { users: [{ user: "app.example" }] } };
    await start({ verifyAndMap: true }, { accounts });
    await roundTrip(settings(await authority.sign(["app.example"])));
    expect(await refusal(settings(await authority.sign(["stranger.example"])))).toBe(LOGIN_REFUSED);
  });

  it("not by a client certificate of another authority, an expired one, or none", async () => {
    await start({ verify: true });
    await roundTrip(settings(await authority.sign(["anybody"])));
    expect(await refusal(settings(await other.sign(["anybody"])))).toMatch(SETUP(".*(unknown ca|bad certificate).*"));
    expect(await refusal(settings(await authority.sign(["anybody"], { expired: true })))).toMatch(
      SETUP(".*(expired|bad certificate).*"),
    );
    expect(await refusal(settings())).toMatch(SETUP(".*(certificate required|bad certificate).*"));
  });

  it("not where the server's certificate has expired, or is for another name", async () => {
    await start({}, {}, await authority.sign(["localhost", "127.0.0.1"], { expired: true }));
    expect(await refusal(settings())).toMatch(SETUP("certificate has expired"));
    await server.stop();
    await start({}, {}, await authority.sign(["elsewhere.example"]));
    expect(await refusal(settings())).toMatch(SETUP("Hostname/IP does not match certificate's altnames: .*"));
  });

  it("before the greeting, on both sides or not at all", async () => {
    await start({ handshakeFirst: true });
    await roundTrip(settings(undefined, { "nats:handshakeFirst": "true" }));
    expect(await refusal(settings())).toMatch(
      /^CN101 provider "URL": no server answered within 6 s \(".*"\)\. Check nats:servers and that the servers run; nats:connectTimeout waits longer\.$/,
    );
    await server.stop();
    await start({});
    expect(await refusal(settings(undefined, { "nats:handshakeFirst": "true" }))).toMatch(SETUP(".*"));
  });

  it("not with a certificate and the key of another", async () => {
    await start({ verify: true });
    const [one, two] = [await authority.sign(["one"]), await authority.sign(["two"])];
    expect(await refusal(settings({ ...one, key: two.key }))).toMatch(SETUP(".*key values mismatch.*"));
  });
});
