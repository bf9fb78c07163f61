import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { localHome, stateFile } from "../../local/home";
import { withLock } from "../../local/lock";
import { pidOf } from "../../local/processes";
import { folderWith, headwater } from "../support/cli";
import { withConnection } from "../support/nats";

const { natsServer } = require("../../tools/lib/nats-server") as { natsServer(version?: string): Promise<string> };

const spec = (name: string, lines = "") =>
  `apiVersion: headwater.dev/v1\nkind: Cluster\nmetadata: { name: ${name} }\njetstream: { maxFileStore: 1GiB }\n${lines}`;

const SECRET = "correct-horse-battery";
const cwd = folderWith({
  "orders.yaml": spec(
    "orders",
    "accounts:\n  APP: { users: [{ user: app, password: { file: app.password } }, { user: second, password: { env: SECOND } }] }",
  ),
  "app.password": `${SECRET}\n`,
  "two.yaml": `${spec("one")}---\n${spec("two")}`,
  "none.yaml": "apiVersion: headwater.dev/v1\nkind: Topology\nstreams: { S: { subjects: [s] } }\n",
  "refused.yaml": spec("refused", "extraConfig: { no_such_key: 1 }"),
  "token.yaml": spec("token", "size: 3\nauthorization: { token: { file: app.password } }"),
  "token-smaller.yaml": spec("token", "size: 1\nstandalone: false\nauthorization: { token: { file: app.password } }"),
  "older.yaml": spec("older", "version: 2.10.29"),
});
const env = { PATH: process.env.PATH ?? "", HEADWATER_NATS_SERVER: "", SECOND: "second-secret" };
const local = (...args: string[]) => headwater(["local", ...args], { cwd, env });
const home = (name: string) => localHome(join(cwd, ".headwater/local"), name);

beforeAll(async () => {
  env.HEADWATER_NATS_SERVER = await natsServer();
});
afterAll(async () => {
  for (const name of ["orders", "token", "local"]) await local("down", "--name", name, "--delete-data");
  rmSync(cwd, { recursive: true, force: true });
});

const serverUrl = (output: string) => /connect +nats:\/\/(\S+)/.exec(output)?.[1] ?? "";

describe("headwater local", () => {
  it("starts what a file says, and prints how to connect without any secret", async () => {
    const up = await local("up", "--spec", "orders.yaml");
    expect(up.code).toBe(0);
    expect(up.stderr).toMatch(/^orders-1: starting, nats:\/\/127\.0\.0\.1:\d+\n$/);
    expect(up.stdout).toMatch(/^orders: 1 server up, nats-server 2\.15\.\d+ \(.*\)\n/);
    expect(up.stdout).toMatch(
      /\norders-1 {2}healthy {2}nats:\/\/127\.0\.0\.1:\d+ {2}http:\/\/127\.0\.0\.1:\d+ {2}2\.15\.\d+ +\d+ +\.headwater\/local\/orders\/orders-1\n/,
    );
    expect(up.stdout).toContain("login     user app of account APP, password in app.password\n");
    expect(up.stdout).toContain("login     user second of account APP, password in $SECOND\n");
    expect(await local("status")).toMatchObject({ code: 0, stdout: expect.stringMatching(/^orders: in \.headwater/) });
    const again = await local("up", "--spec", "orders.yaml");
    expect(again).toMatchObject({ code: 0, stderr: "" });
    expect(again.stdout).toMatch(/^orders: nothing to do, 1 server runs as the spec says/);
    const json = JSON.parse((await local("up", "--json")).stdout);
    expect(json).toMatchObject({ version: 1, report: "local", name: "orders", changed: 0, size: 1 });
    const folder = home("orders").folder;
    const written = [up, again].flatMap(({ stdout, stderr }) => [stdout, stderr]);
    written.push(
      ...["cluster.json", "orders-1/nats.conf", "orders-1/server.log"].map((file) =>
        readFileSync(join(folder, file), "utf8"),
      ),
    );
    expect(written.filter((text) => text.includes(SECRET) || text.includes("second-secret"))).toEqual([]);
    expect(statSync(join(folder, "secrets/system.password")).mode & 0o777).toBe(0o600);
  });

  it("refuses to remove messages unless it is told to, whether servers run or not", async () => {
    const url = serverUrl((await local("status")).stdout);
    const login = { user: "app", pass: SECRET };
    await withConnection(
      url,
      async (nc) => {
        await (await jetstreamManager(nc)).streams.add({ name: "ORDERS", subjects: ["orders"] });
        await jetstream(nc).publish("orders", "one");
      },
      login,
    );
    const remedy = "headwater local stop keeps everything; headwater local down --delete-data deletes it.";
    expect(await local("down")).toMatchObject({
      code: 1,
      stdout: "",
      stderr: `LC116 cluster "orders": holds APP/ORDERS (1 message), which would be deleted. ${remedy}\n`,
    });
    expect((await local("stop")).stdout).toBe(
      "orders: 1 server stopped; what they store stays in .headwater/local/orders\n",
    );
    expect((await local("stop")).stdout).toContain("no server was running");
    expect(await local("status")).toMatchObject({ code: 1, stdout: expect.stringContaining("orders-1  stopped") });
    expect((await local("down")).stderr).toBe(
      `LC116 cluster "orders": holds APP/ORDERS (not counted: orders-1 not running), which would be deleted. ${remedy}\n`,
    );
    const up = await local("up");
    expect(up.stdout).toContain("1 stream, 1 message\n");
    expect((await local("logs", "orders-1", "--lines", "1")).stdout).toMatch(/^\[\d+\] .*\n$/);
    expect((await local("logs", "other")).stderr).toBe(
      'LC117 cluster "orders": has no server "other". Its servers are orders-1.\n',
    );
  });

  it("says that another command is at work", async () => {
    const stderr = await withLock(home("orders"), async () => (await local("stop")).stderr);
    expect(stderr).toBe(
      `LC104 cluster "orders": another command is at work on it (process ${process.pid}). Wait until it has ended.\n`,
    );
    // A command that was killed leaves its lock behind.
    writeFileSync(join(home("orders").folder, "lock"), "999999 node headwater local up");
    expect((await local("up")).code).toBe(0);
  });

  it("takes another port where somebody else has taken a server's", async () => {
    await local("stop");
    const { client, monitor } = JSON.parse(readFileSync(stateFile(home("orders")), "utf8")).servers[0].ports;
    const other = createServer().listen(client, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { code, stdout, stderr } = await local("up");
    await new Promise((resolve) => other.close(resolve));
    expect(code).toBe(0);
    expect(stderr).toContain(`orders-1: port ${client} is taken by another program; clients now connect to `);
    expect(stdout).not.toContain(`:${client}`);
    expect(stdout).toContain(`http://127.0.0.1:${monitor} `);
  });

  it("says why a server does not come up", async () => {
    await local("stop");
    const store = join(home("orders").folder, "orders-1/jetstream");
    renameSync(store, `${store}.kept`);
    writeFileSync(store, "no folder");
    const { code, stderr } = await local("up", "--quiet");
    rmSync(store);
    renameSync(`${store}.kept`, store);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^LC107 cluster "orders": server "orders-1" ended \("\[FTL\] Can't start JetStream: .*"\)\. Its log is .*server\.log\. Run up again once the cause is mended\.\n$/,
    );
    expect(await local("up", "--quiet")).toMatchObject({ code: 0, stderr: "" });
    const pid = pidOf(home("orders"), "orders-1") as number;
    process.kill(pid, "SIGSTOP");
    const ill = await local("up", "--timeout", "1s");
    process.kill(pid, "SIGCONT");
    expect(ill.code).toBe(2);
    expect(ill.stderr).toContain('LC108 cluster "orders": server "orders-1" did not become healthy within 1 s.');
  });

  it("deletes everything when it is told to", async () => {
    expect((await local("down", "--delete-data")).stdout).toBe(
      "orders: 1 server stopped; .headwater/local/orders is removed\n",
    );
    const there = home("local").folder;
    expect(await local("status")).toMatchObject({
      code: 2,
      stderr: `LC102 cluster "local": there is no local cluster in ${there}. Start it with headwater local up, or name the one that is meant with --name and --dir.\n`,
    });
  });

  it("has one clear sentence for each mistake", async () => {
    const said = async (...args: string[]) => {
      const { code, stderr } = await local(...args);
      return `${code} ${stderr.trim()}`;
    };
    const where = "Install nats-server, or name it with --nats-server or HEADWATER_NATS_SERVER.";
    expect(await said("up", "--nats-server", "/bin/true")).toBe(
      `2 LC101 cluster "local": "/bin/true" is no nats-server that runs here. ${where}`,
    );
    const bare = await headwater(["local", "up"], { cwd, env: { PATH: "/nowhere" } });
    expect(bare.stderr).toBe(`LC101 cluster "local": no nats-server is on PATH. ${where}\n`);
    for (const command of ["rotate-key", "renew-certificates"]) {
      const none = await headwater(["local", command], { cwd, env: { PATH: "/nowhere" } });
      expect(none.stderr).toContain('LC102 cluster "local": there is no local cluster in ');
    }
    expect(await said("up", "--spec", "two.yaml")).toBe(
      '1 LC118 file "two.yaml": declares 2 clusters. Name one with --name: "one", "two".',
    );
    expect(await said("up", "--spec", "two.yaml", "--name", "three")).toBe(
      '1 LC118 file "two.yaml": declares no cluster "three". Name one of those it declares: "one", "two".',
    );
    expect(await said("up", "--spec", "none.yaml")).toBe(
      '1 LC118 file "none.yaml": declares no cluster. Declare one: kind: Cluster, or export defineCluster({…}).',
    );
    expect(await said("up", "--spec", "missing.yaml")).toMatch(/^2 TF101 file "missing\.yaml": does not exist/);
    expect(await said("up", "--spec", "refused.yaml")).toMatch(
      /^1 LC106 cluster "refused": nats-server 2\.15\.\d+ refuses the configuration of refused-1 \(".*unknown field "no_such_key"/,
    );
    expect(await said("up", "--spec", "older.yaml")).toMatch(
      /^1 LC113 cluster "older": version is 2\.10\.29, and .* is nats-server 2\.15\.\d+\. Name one of that version with --nats-server, or correct the version\.$/,
    );
    expect(await said("up", "--size", "2")).toContain("argument '2' is invalid. Allowed choices are 1, 3, 5.");
    expect(await said("up", "--timeout", "soon")).toContain("Give a duration from 1s, such as 2m.");
  });

  it("does not shrink what it cannot log in to", async () => {
    expect((await local("up", "--spec", "token.yaml", "--quiet")).code).toBe(0);
    const { code, stderr } = await local("up", "--spec", "token-smaller.yaml", "--quiet");
    expect(`${code} ${stderr}`).toBe(
      '1 LC110 cluster "token": size cannot become 1: nobody here can log in to the system account and empty token-2, token-3. Empty and remove them with a user of the system account, or keep the size.\n',
    );
    expect((await local("down", "--name", "token")).code).toBe(0);
  });

  it("does not guess when its own notes cannot be read", async () => {
    expect((await local("up", "--size", "1", "--name", "local", "--quiet")).code).toBe(0);
    const file = stateFile(home("local"));
    const kept = readFileSync(file);
    writeFileSync(file, "{");
    const { code, stderr } = await local("status", "--name", "local");
    writeFileSync(file, kept);
    expect(`${code} ${stderr}`).toBe(
      `2 LC103 cluster "local": ${file} cannot be read. Restore it, or remove the folder where nothing in it is needed.\n`,
    );
  });
});
