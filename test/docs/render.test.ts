import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { TARGETS } from "../../cli/render/targets";
import { CHART_VERSION } from "../../render/helm-values";
import { folderWith, headwater } from "../support/cli";

const text = readFileSync(join(resolve(__dirname, "../.."), "docs/render.md"), "utf8");
const fenced = text.split("```").filter((_, i) => i % 2 === 1);
const blocks = (language: string) =>
  fenced.filter((block) => block.startsWith(`${language}\n`)).map((block) => block.slice(language.length + 1));
const [example = "", excerpt = ""] = blocks("yaml");
const [conf = "", , clash = ""] = blocks("");
const cwd = folderWith({
  "cluster.yaml": example,
  "clash.yaml": `${example}maxPayload: 1MiB\nextraConfig: { max_payload: 5 }\n`,
});
const run = (line: string) => headwater(line.split(" "), { cwd });

describe("docs/render.md", () => {
  it("shows what is written", async () => {
    const hosts = "a.example.com,b.example.com,c.example.com";
    expect(await run(`render cluster.yaml --to conf --hosts ${hosts} --output conf`)).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, "conf/eu-0.conf"), "utf8").startsWith(conf)).toBe(true);
    const { stdout } = await run("render cluster.yaml --to values");
    expect(parse(stdout)).toMatchObject(parse(excerpt));
    expect(await run("render clash.yaml --to values")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(clash.trim()),
    });
  });

  it("has every option, every target and the version of the chart", async () => {
    const { stdout } = await run("render --help");
    const table = [...text.matchAll(/^\| `(--[a-z-]+)/gm)].map(([, option]) => option);
    const options = [...new Set([...stdout.matchAll(/^ +(--[a-z-]+)/gm)].map(([, option]) => option))];
    expect(table.filter((option) => option !== "--to").sort()).toEqual(
      options.filter((option) => !["--help", "--to"].includes(option as string)).sort(),
    );
    for (const target of Object.keys(TARGETS)) expect(text).toContain(`| \`${target}\` |`);
    expect(text).toContain(`--version ${CHART_VERSION} `);
  });
});
