import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { folderWith, headwater } from "../support/cli";

const document = (name: string, fields: string) =>
  `apiVersion: headwater.dev/v1\nkind: Cluster\nmetadata: { name: ${name} }\n${fields}`;
const cwd = folderWith({
  "one.yaml": document("dev", "jetstream: { maxFileStore: 2GiB }\n"),
  "three.yaml": document("eu", "size: 3\njetstream: { volume: { size: 10GiB } }\n"),
  "witnessed.yaml": document("eu", "standalone: false\njetstream: { volume: { size: 10GiB } }\n"),
  "two.yaml": `${document("a", "")}---\n${document("b", "")}`,
  "wrong.yaml": document("eu", "sizes: 3\n"),
  "secret.yaml": document("eu", 'authorization: { user: u, password: { value: "Zq7vHushHush" } }\n'),
  "issued.yaml": document("eu", "tls: { client: { issuer: { name: internal } } }\n"),
  "streams.yaml": "apiVersion: headwater.dev/v1\nkind: Topology\nstreams: { A: { subjects: [a] } }\n",
});
const run = (line: string, options = {}) => headwater(line.split(" "), { cwd, ...options });

describe("headwater render", () => {
  it("prints one file", async () => {
    expect(await run("render one.yaml --to conf")).toEqual({
      code: 0,
      stdout: `server_name: "dev-0"
host: "0.0.0.0"
port: 4222
http_port: 8222
jetstream: {
  store_dir: "/var/lib/nats"
  max_file_store: 2GiB
  max_memory_store: 0
}
lame_duck_duration: "30s"
lame_duck_grace_period: "10s"
`,
      stderr: "",
    });
  });

  it("writes several files into a folder", async () => {
    const hosts = "a.example.com,b.example.com,c.example.com";
    expect(await run(`render three.yaml --to conf --hosts ${hosts} --store-dir /srv --output conf`)).toEqual({
      code: 0,
      stdout: "",
      stderr: "wrote conf/eu-0.conf\nwrote conf/eu-1.conf\nwrote conf/eu-2.conf\n",
    });
    const conf = readFileSync(join(cwd, "conf/eu-1.conf"), "utf8");
    expect(conf).toContain('server_name: "eu-1"');
    expect(conf).toContain('"nats://c.example.com:6222"');
    expect(conf).toContain('store_dir: "/srv"');
  });

  it("writes a compose file with the configuration of every server", async () => {
    expect((await run("render witnessed.yaml --to compose --output compose/ --quiet")).code).toBe(0);
    const { services } = parse(readFileSync(join(cwd, "compose/compose.yaml"), "utf8"));
    expect(Object.keys(services)).toEqual(["eu-0", "eu-witness"]);
    expect(readFileSync(join(cwd, "compose/eu-witness.conf"), "utf8")).toContain('"!jetstream"');
  });

  it("names the objects beside the chart", async () => {
    const { stdout } = await run("render witnessed.yaml --to objects");
    expect([...stdout.matchAll(/^kind: (.*)$/gm)].map(([, kind]) => kind)).toEqual([
      "ConfigMap",
      "Service",
      "StatefulSet",
    ]);
  });

  it.each([
    [
      "three.yaml --to conf",
      2,
      "--to conf makes several files: eu-0.conf, eu-1.conf, eu-2.conf. Name a folder with --output.",
    ],
    ["two.yaml --to conf", 2, "two.yaml declares several clusters: a, b. Name one with --cluster."],
    ["two.yaml --to conf --cluster c", 2, '--cluster: two.yaml declares no cluster "c", only a, b.'],
    ["streams.yaml --to conf", 2, "streams.yaml declares no cluster. Add a document with kind: Cluster."],
    ["one.yaml --to conf --output one.yaml/x", 2, "--output: cannot write one.yaml/x (EEXIST)."],
    ["none.yaml --to conf", 2, 'TF101 file "none.yaml": does not exist. Check the path.'],
    ["wrong.yaml --to values", 1, 'CL101 cluster "eu": sizes'],
    [
      "secret.yaml --to values",
      1,
      'RN101 cluster "eu": authorization.password is a text, and Kubernetes needs a key of a Secret.',
    ],
    [
      "issued.yaml --to conf",
      1,
      'RN104 cluster "eu": tls.client is no file, and servers outside Kubernetes read files. Set certFile, keyFile and caFile.',
    ],
  ])("%s ends with %i", async (line, code, message) => {
    const result = await run(`render ${line}`);
    expect(result).toEqual({ code, stdout: "", stderr: expect.stringContaining(message) });
    expect(result.stderr).not.toContain("Zq7v");
  });

  it("writes nothing when something is refused", async () => {
    await run("render secret.yaml --to values --output refused.yaml");
    expect(existsSync(join(cwd, "refused.yaml"))).toBe(false);
  });

  it("never writes a secret", async () => {
    const { code, stdout } = await run("render secret.yaml --to conf");
    expect([code, stdout.includes("Zq7v"), stdout.includes("$HEADWATER_AUTHORIZATION_PASSWORD")]).toEqual([
      0,
      false,
      true,
    ]);
  });

  it("needs to know what to render to", async () => {
    const { code, stderr } = await run("render one.yaml");
    expect(code).toBe(2);
    expect(stderr).toContain("required option '--to <what>' not specified");
  });
});
