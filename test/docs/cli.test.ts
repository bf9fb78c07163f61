import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { formats } from "../../cli/formats";
import { folderWith, headwater } from "../support/cli";

const page = (name: string) => readFileSync(join(resolve(__dirname, "../.."), name), "utf8");
const block = (text: string, language: string) =>
  new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(text)?.[1] as string;

describe("docs/topology-file.md", () => {
  it("has an example without a problem that uses every section", async () => {
    const example = block(page("docs/topology-file.md"), "yaml");
    const { code, stdout } = await headwater(["check", "example.yaml"], {
      cwd: folderWith({ "example.yaml": example }),
    });
    expect(stdout).toBe(
      "No problems in 3 streams, 2 consumers, 1 key-value bucket, 1 object store, 1 file, for nats-server 2.15.1\n",
    );
    expect(code).toBe(0);
    expect(example).toMatch(/^external:$/m);
  });
});

describe("docs/cli.md", () => {
  const text = page("docs/cli.md");

  it("has every option of every command, and no other", async () => {
    const local = ["up", "status", "logs", "stop", "down", "rotate-key", "renew-certificates"];
    const commands = [["check"], ["plan"], ["apply"], ...local.map((name) => ["local", name])];
    const helps = await Promise.all(commands.map((command) => headwater([...command, "--help"], { cwd: "." })));
    const stdout = helps.map((help) => help.stdout).join("\n");
    const options = (from: string) =>
      [...new Set([...from.matchAll(/--[a-z][a-z-]+/g)].map(([option]) => option))].sort();
    const documented = options(text);
    expect(options(stdout).filter((option) => option !== "--help")).toEqual(documented);
  });

  it("has every format", () => {
    for (const format of Object.keys(formats)) expect(text).toContain(`**${format}** `);
  });

  it("shows what the command prints", async () => {
    const file = `apiVersion: headwater.dev/v1
kind: Topology
streams:
  ORDERS:
    replicas: 3
    subjects: [orders.>, orders.new]
consumers:
  - {stream: ORDERS, name: billing, kind: pull, ackPolicy: explicit}
`;
    const cwd = folderWith({ "orders.yaml": file });
    const { stdout } = await headwater(["check", "orders.yaml"], { cwd });
    expect(text).toContain(`\`\`\`\n${stdout}\`\`\``);
    expect(page("README.md")).toContain(stdout.replace("orders.yaml", "topology.yaml"));
    const json = await headwater(["check", "orders.yaml", "--json"], { cwd });
    expect(JSON.parse(json.stdout)).toEqual(JSON.parse(block(text, "json")));
  });
});
