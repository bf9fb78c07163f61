import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";

const root = resolve(__dirname, "../..");
const page = readFileSync(join(root, "docs/policy-gate-pulumi.md"), "utf8");
const examples = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code as string);

it("has examples that compile", () => {
  expect(examples.length).toBeGreaterThan(2);
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile).config,
    ts.sys,
    root,
  );
  const files = new Map(examples.map((code, i) => [join(root, `example-${i}.ts`), code]));
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (file) => files.get(file) ?? readFile(file);
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.getSourceFile = (file, ...rest) => {
    const code = files.get(file);
    return code === undefined ? getSourceFile(file, ...rest) : ts.createSourceFile(file, code, ts.ScriptTarget.ES2022);
  };
  const paths = { headwater: ["./index.ts"], "headwater/policies": ["./policies/index.ts"] };
  const program = ts.createProgram([...files.keys()], { ...options, paths }, host);
  const found = [...files.keys()].flatMap((file) => program.getSemanticDiagnostics(program.getSourceFile(file)));
  expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
});
