import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jetstreamManager } from "@nats-io/jetstream";
import { nkeys } from "@nats-io/nats-core";
import { generate } from "selfsigned";
import { closeConnections, handlerOf, manage } from "../support/handlers";
import { startCluster, startServer, type TestServer, urlsOf, withConnection } from "../support/nats";

let server: TestServer | undefined;
const folder = mkdtempSync(join(tmpdir(), "headwater-tls-"));
afterEach(async () => {
  await closeConnections();
  await server?.stop();
  server = undefined;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;

/** Creates, reads and deletes a stream with these settings; answers what the server's monitoring saw of the connection. */
async function roundTrip(
  config: string,
  settings: Record<string, string> | ((server: TestServer) => Record<string, string>),
) {
  server = await startServer({ config });
  const given = typeof settings === "function" ? settings(server) : settings;
  const asset = manage(
    await handlerOf("stream", { "nats:servers": server.url, "nats:connectTimeout": "2s", ...given }),
  );
  const name = `S${++count}`;
  await asset.apply({ name });
  expect(await asset.refresh()).toMatchObject({ name });
  const connz = (await (await fetch(`${server.monitor}/connz`)).json()) as {
    connections: { name: string; tls_version?: string }[];
  };
  await asset.remove();
  expect(await asset.refresh()).toBeUndefined();
  return connz.connections[0];
}

describe("a login", () => {
  it("by user and password, under a name of its own", async () => {
    const seen = await roundTrip("authorization { user: u, password: p }", {
      "nats:user": "u",
      "nats:password": "p",
      "nats:name": "ci",
    });
    expect(seen?.name).toBe("ci");
  });

  it("by token", () => roundTrip("authorization { token: t0ken }", { "nats:token": "t0ken" }));

  it("by nkey", async () => {
    const user = nkeys.createUser();
    const seed = new TextDecoder().decode(user.getSeed());
    await roundTrip(`authorization { users: [{ nkey: ${user.getPublicKey()} }] }`, { "nats:nkey": seed });
  });

  it("with a seed that is none is one message without the seed", async () => {
    await expect(roundTrip("", { "nats:nkey": "SUNOTASEED" })).rejects.toThrow(
      /^CN103 provider "nats:.*": the connection cannot be set up \("(?!.*SUNOTASEED).*"\)\./,
    );
  });
});

describe("a server", () => {
  it("that stops answering is one clear message when the deadline is over", async () => {
    server = await startServer();
    const settings = { "nats:servers": server.url, "nats:timeout": "500ms" };
    const asset = manage(await handlerOf("stream", settings));
    await asset.apply({ name: "S" });
    server.signal("SIGSTOP");
    const message =
      /^CN106 provider "nats:.*": no answer to "\$JS\.API\.STREAM\.(INFO|UPDATE)\.S" within 0\.5 s\. Check that the cluster has a leader/;
    await expect(asset.apply({ name: "S", description: "edited" })).rejects.toThrow(message);
    server.signal("SIGCONT");
  });

  it("without a leader is waited for", async () => {
    const servers = await startCluster();
    const asset = manage(await handlerOf("stream", { "nats:servers": urlsOf(servers), "nats:timeout": "20s" }));
    const [, second, third] = servers as [TestServer, TestServer, TestServer];
    await Promise.all([second.kill(), third.kill()]);
    const applied = asset.apply({ name: "LATER", replicas: 3 });
    await Promise.all([second.restart(), third.restart()]);
    await applied;
    expect(await asset.refresh()).toMatchObject({ name: "LATER", replicas: 3 });
    await Promise.all(servers.map((each) => each.stop()));
  });
});

describe("TLS", () => {
  const names = [
    { type: 2 as const, value: "localhost" },
    { type: 7 as const, ip: "127.0.0.1" },
  ];
  let files: Record<"ca" | "cert" | "key", string>;
  let pem: { ca: string; cert: string; key: string };
  beforeAll(async () => {
    const authority = await generate([{ name: "commonName", value: "test authority" }], {
      extensions: [
        { name: "basicConstraints", cA: true, critical: true },
        { name: "keyUsage", keyCertSign: true, digitalSignature: true, critical: true },
      ],
    });
    const leaf = await generate([{ name: "commonName", value: "localhost" }], {
      ca: { key: authority.private, cert: authority.cert },
      extensions: [
        { name: "basicConstraints", cA: false },
        { name: "keyUsage", digitalSignature: true, keyEncipherment: true },
        { name: "extKeyUsage", serverAuth: true, clientAuth: true },
        { name: "subjectAltName", altNames: names },
      ],
    });
    pem = { ca: authority.cert, cert: leaf.cert, key: leaf.private };
    files = { ca: join(folder, "ca.pem"), cert: join(folder, "cert.pem"), key: join(folder, "key.pem") };
    for (const name of ["ca", "cert", "key"] as const) writeFileSync(files[name], pem[name]);
  });
  const block = (more = "") =>
    `tls { cert_file: "${files.cert}", key_file: "${files.key}", ca_file: "${files.ca}", ${more} }`;
  const tls =
    (settings: Record<string, string>) =>
    ({ url }: TestServer) => ({ "nats:servers": url.replace("nats:", "tls:"), ...settings });

  it("with an authority given as text", async () => {
    expect((await roundTrip(block(), tls({ "nats:ca": pem.ca })))?.tls_version).toBeDefined();
  });
  it("with a client certificate from files", () =>
    roundTrip(
      block("verify: true"),
      tls({ "nats:caFile": files.ca, "nats:certFile": files.cert, "nats:keyFile": files.key }),
    ));
  it("with a client certificate as text, before the greeting", () =>
    roundTrip(
      block("verify: true, handshake_first: true"),
      tls({ "nats:ca": pem.ca, "nats:cert": pem.cert, "nats:key": pem.key, "nats:handshakeFirst": "true" }),
    ));
  it("with an unknown authority is one clear message", async () => {
    await expect(roundTrip(block(), tls({}))).rejects.toThrow(
      /^CN103 provider "tls:.*": the connection cannot be set up \(".*certificate.*"\)\. Check the provider's TLS options and keys\.$/,
    );
  });
  it("with a missing file is one clear message", async () => {
    await expect(roundTrip(block(), tls({ "nats:caFile": join(folder, "absent.pem") }))).rejects.toThrow(
      /^CN103 .*absent\.pem/,
    );
  });
});

describe("the API", () => {
  it("of a domain", async () => {
    server = await startServer({
      jetstream: false,
      config: `jetstream { domain: hub, store_dir: ${JSON.stringify(join(folder, "hub"))} }`,
    });
    const { url } = server;
    for (const [key, value] of [
      ["nats:domain", "hub"],
      ["nats:apiPrefix", "$JS.hub.API"],
    ] as const) {
      const asset = manage(await handlerOf("stream", { "nats:servers": url, [key]: value }));
      await asset.apply({ name: "D", maxAge: "1h" });
      await asset.remove();
    }
    const wrong = manage(
      await handlerOf("stream", { "nats:servers": url, "nats:domain": "other", "nats:timeout": "1s" }),
    );
    await expect(wrong.apply({ name: "D" })).rejects.toThrow(/^CN104 .*JetStream is not enabled here/);
  });

  it("imported from another account under a prefix", async () => {
    server = await startServer({
      config: `accounts {
        APP { jetstream: enabled, users: [{ user: app, password: app }], exports: [{ service: "$JS.API.>", response_type: stream }] }
        OPS { users: [{ user: ops, password: ops }], imports: [{ service: { account: APP, subject: "$JS.API.>" }, to: "JS.app.>" }] }
      }`,
    });
    const { url } = server;
    const asset = manage(
      await handlerOf("stream", {
        "nats:servers": url,
        "nats:user": "ops",
        "nats:password": "ops",
        "nats:apiPrefix": "JS.app",
      }),
    );
    await asset.apply({ name: "SHARED" });
    const login = { user: "app", pass: "app" };
    const names = await withConnection(url, async (nc) => (await jetstreamManager(nc)).streams.names().next(), login);
    expect(names).toEqual(["SHARED"]);
  });

  it("with the smallest set of permissions, as documented", async () => {
    const { publish, subscribe } = permissions();
    const list = (subjects: readonly string[]) => `[${subjects.map((subject) => JSON.stringify(subject)).join(", ")}]`;
    const user = `{ user: deploy, password: p, permissions: { publish: ${list(publish)}, subscribe: ${list(subscribe)} } }`;
    server = await startServer({ config: `authorization { users: [${user}] }` });
    const settings = {
      "nats:servers": server.url,
      "nats:user": "deploy",
      "nats:password": "p",
      "nats:inboxPrefix": "_INBOX.deploy",
    };
    const [stream, consumer] = [
      manage(await handlerOf("stream", settings)),
      manage(await handlerOf("consumer", settings), undefined, "consumer"),
    ];
    const spec = { stream: "S", name: "C", kind: "pull", ackPolicy: "explicit" };
    await stream.apply({ name: "S", retention: "interest" });
    await consumer.apply(spec);
    await stream.apply({ name: "S", retention: "interest", maxAge: "1h" });
    await expect(stream.apply({ name: "S", retention: "interest", maxAge: "1m" })).rejects.toThrow("GD102");
    await consumer.apply({ ...spec, pauseUntil: "2099-01-01T00:00:00Z" });
    await stream.refresh();
    await consumer.refresh();
    const rival = manage(await handlerOf("stream", settings), "other/stack/x");
    await expect(rival.apply({ name: "T", subjects: ["S"] })).rejects.toThrow('the server refused it: stream "S"');
    await consumer.remove();
    await stream.remove();
    expect(await stream.refresh()).toBeUndefined();
  });
});

/** The two lists of docs/permissions.md. */
function permissions(): { publish: string[]; subscribe: string[] } {
  const { readFileSync } = require("node:fs") as typeof import("node:fs");
  const text = readFileSync(join(__dirname, "../../docs/permissions.md"), "utf8");
  const lists = [...text.matchAll(/(publish|subscribe): \[([^\]]*)\]/g)].slice(0, 2);
  const parsed = lists.map(([, key, list]) => [
    key,
    [...(list as string).matchAll(/"([^"]+)"/g)].map(([, subject]) => subject),
  ]);
  return Object.fromEntries(parsed);
}
