import { connect as dial } from "node:net";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { check } from "../../policies/check";
import { makeAuthority } from "../support/certificates";
import type { TestServer } from "../support/nats";
import { startRendered } from "../support/rendered";

let server: TestServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

/** What a server answers to somebody who connects in the clear and says no more than this. */
function answer(url: string, hello: object = {}): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((done) => {
    const socket = dial(Number(port), hostname);
    let text = "";
    const end = () => {
      socket.destroy();
      done(text.replace(/^INFO.*?\r\n/, ""));
    };
    socket.on("data", (data) => {
      text += data.toString();
      if (/PONG|-ERR/.test(text)) end();
    });
    socket.on("close", end);
    socket.on("error", end);
    socket.write(`CONNECT ${JSON.stringify({ verbose: false, ...hello })}\r\nPING\r\n`);
  });
}

const isLetIn = async (spec: ClusterSpec, hello?: object) => {
  server = await startRendered(spec);
  return (await answer(server.url, hello)).startsWith("PONG");
};

const fieldsOf = (rule: string, spec: ClusterSpec) =>
  check({ clusters: [spec] }, { config: [{ all: "disabled", [rule]: "mandatory" }] }).findings.map(
    ({ field }) => field,
  );

const base: ClusterSpec = { name: "gate", jetstream: { maxFileStore: "1GiB" } };
const password = { value: "s3cret-s3cret" };
const admin = { users: [{ user: "admin", password }] };

describe("what jetstream-cluster-auth-enabled finds is what a server lets in without a login", () => {
  it.each<[string, object, readonly string[]]>([
    ["nothing said", {}, ["accounts"]],
    ["accounts without users", { accounts: { SHOP: {} } }, ["accounts"]],
    ["the system account alone", { accounts: { SYS: admin } }, ["accounts"]],
    ["a guest", { accounts: { SHOP: admin }, noAuthUser: "admin" }, ["noAuthUser"]],
    ["logins that only have a time limit", { extraConfig: { authorization: { timeout: 2 } } }, ["accounts"]],
    ["users of an account", { accounts: { SHOP: admin } }, []],
    [
      "the system account alone, in the servers' own words",
      {
        extraConfig: {
          system_account: "OPS",
          accounts: { OPS: { users: [{ user: "ops", password: "b" }] } },
        },
      },
      ["accounts"],
    ],
    [
      "accounts without a user, in the servers' own words",
      { extraConfig: { accounts: { SHOP: { users: [] } } } },
      ["accounts"],
    ],
    ["another account beside the system account", { accounts: { SYS: admin, SHOP: {} } }, []],
    ["one login for everybody", { authorization: { user: "app", password } }, []],
    [
      "users in the servers' own words",
      { extraConfig: { accounts: { SHOP: { users: [{ user: "a", password: "b" }] } } } },
      [],
    ],
  ])("%s", async (_, fields, found) => {
    const spec = { ...base, ...fields };
    expect(fieldsOf("jetstream-cluster-auth-enabled", spec)).toEqual(found);
    expect(await isLetIn(spec)).toBe(found.length > 0);
  });

  it("a name that is enough", async () => {
    const spec = { ...base, accounts: { SHOP: { users: [{ user: "app" }] } } };
    expect(fieldsOf("jetstream-cluster-auth-enabled", spec)).toEqual(["accounts.SHOP.users[0]"]);
    expect(await isLetIn(spec, { user: "app" })).toBe(true);
  });
});

describe("what jetstream-cluster-tls finds is what a server takes in the clear", () => {
  it.each<[string, boolean, Record<string, unknown>, readonly string[]]>([
    ["no TLS", false, {}, ["tls.client"]],
    ["TLS that may be left out", true, { allow_non_tls: true }, ["extraConfig.allow_non_tls"]],
    ["TLS", true, {}, []],
  ])("%s", async (_, hasTls, extraConfig, found) => {
    const { certFile, keyFile } = await (await makeAuthority()).sign(["localhost", "127.0.0.1"]);
    const spec = { ...base, ...(hasTls && { tls: { client: { certFile, keyFile } } }), extraConfig };
    expect(fieldsOf("jetstream-cluster-tls", spec)).toEqual(found);
    expect(await isLetIn(spec)).toBe(found.length > 0);
  });

  it("TLS in the servers' own words", async () => {
    const { certFile, keyFile } = await (await makeAuthority()).sign(["localhost", "127.0.0.1"]);
    const spec = { ...base, extraConfig: { tls: { cert_file: certFile, key_file: keyFile } } };
    expect(fieldsOf("jetstream-cluster-tls", spec)).toEqual([]);
    expect(await isLetIn(spec)).toBe(false);
  });
});

it("asks for a volume's worth of encryption only where JetStream is on", async () => {
  const off = { name: "gate", extraConfig: { jetstream: { enabled: false } } };
  expect(fieldsOf("jetstream-cluster-encryption-at-rest", off)).toEqual([]);
  expect(fieldsOf("jetstream-cluster-file-store-below-volume", off)).toEqual([]);
  server = await startRendered(off);
  const info = await new Promise<string>((done) => {
    const { hostname, port } = new URL((server as TestServer).url);
    const socket = dial(Number(port), hostname);
    socket.once("data", (data) => {
      socket.destroy();
      done(data.toString());
    });
  });
  expect(info).not.toContain('"jetstream":true');
});
