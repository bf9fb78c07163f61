import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import ts from "typescript";
import { clusterSchema } from "../../model/cluster/cluster-spec";
import { plainTexts, type Registered, runWithMocks } from "../support/cluster-mocks";
import { operatorTokens } from "../support/operator-tokens";

const root = resolve(__dirname, "../..");
const page = readFileSync(join(root, "docs/kubernetes.md"), "utf8");
const readme = readFileSync(join(root, "README.md"), "utf8");
const blocks = [...`${page}\n${readme}`.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code as string);
const examples = blocks.filter((code) => code.includes("NatsCluster"));

const tokens = operatorTokens();
const config = {
  "shop:hubPassword": "SECRET hub",
  "shop:operatorJwt": tokens.jwt,
  "shop:accountJwts": JSON.stringify(tokens.preload),
  "shop:systemCredentials": "SECRET system",
  "shop:appCredentials": "SECRET app",
};

/** Runs an example as it stands on the page. */
const run = (code: string) =>
  runWithMocks(
    () => {
      const { outputText } = ts.transpileModule(code, { compilerOptions: { module: ts.ModuleKind.CommonJS } });
      new Function("require", "exports", outputText)((name: string) => require(name), {});
    },
    { config },
  );

const kinds = (all: readonly Registered[]) => all.map(({ type }) => type.split(/[:/]/).at(-1));

beforeAll(() => {
  jest.spyOn(pulumi.log, "warn").mockResolvedValue();
});

it("has examples", () => expect(examples.length).toBeGreaterThan(10));

it.each(examples)("runs:\n%s", async (code) => {
  const all = await run(code);
  expect(kinds(all)).toEqual(expect.arrayContaining(["NatsCluster", "Chart", "ClusterChange", "ClusterMembers"]));
  expect(all.flatMap(({ sent }) => plainTexts(sent)).filter((text) => text.includes("SECRET"))).toEqual([]);
  expect(pulumi.log.warn).not.toHaveBeenCalled();
});

it("compile", () => {
  const files = new Map(examples.map((code, i) => [join(root, `example-${i}.ts`), code]));
  const { config: raw } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(raw, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.getSourceFile = (file, ...rest) => {
    const code = files.get(file);
    return code === undefined ? getSourceFile(file, ...rest) : ts.createSourceFile(file, code, ts.ScriptTarget.ES2022);
  };
  const program = ts.createProgram([...files.keys()], { ...options, paths: { headwater: ["./index.ts"] } }, host);
  const found = [...files.keys()].flatMap((file) => program.getSemanticDiagnostics(program.getSourceFile(file)));
  expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
});

const rowsAfter = (heading: string) => {
  const section = page.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  return [...section.matchAll(/^\| (`.*?`(?:, `.*?`)*) \|/gm)].flatMap(([, cell]) =>
    [...(cell as string).matchAll(/`(.*?)`/g)].map(([, name]) => name as string),
  );
};

/** Names and first sentences of an interface's members, as an editor shows them. */
function members(file: string, name: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.ES2022, true);
  return source.statements
    .filter((node) => ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node))
    .filter((node) => node.name?.text === name)
    .flatMap((node) => [...node.members].map((member) => member.name?.getText() ?? ""));
}

it("lists every argument once, and no other", () => {
  const own = members("constructs/pulumi/nats-cluster-args.ts", "NatsClusterArgs");
  const all = new Set([...own, ...Object.keys(clusterSchema.shape)]);
  expect(rowsAfter("Arguments").sort()).toEqual([...all].sort());
});

it("lists every output once, and no other", () => {
  const own = members("constructs/pulumi/nats-cluster.ts", "NatsCluster").filter((name) => /^\w/.test(name));
  expect(rowsAfter("Outputs").sort()).toEqual(own.filter((name) => name !== "constructor").sort());
});

it("lists everything that is made, by its name", async () => {
  const named = rowsAfter("What it makes").join(" ");
  const all = (await Promise.all([run(examples[0] as string)])).flat().filter(({ parent }) => parent === "nats");
  const known = named.replace(/…/g, "").split(" ");
  const rest = all.filter(({ name }) => !known.some((each) => name === each));
  expect(rest.map(({ name }) => name).sort()).toEqual(["nats-APP", "nats-APP-app", "nats-cluster", "nats-cluster-tls"]);
});
