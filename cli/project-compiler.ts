import { readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import type { Exports } from "./native-typescript";

/** How the project a module belongs to runs its TypeScript; `undefined` when it has no compiler. */
export function compilerOf(path: string): ((path: string) => Exports) | undefined {
  const project = createRequire(path);
  if (has(project, "tsx/cjs/api")) return (file) => (project("tsx/cjs/api") as Tsx).require(file, path);
  if (has(project, "typescript")) return (file) => withTypeScript(project("typescript") as TypeScript, project, file);
  return undefined;
}

function has(project: NodeJS.Require, name: string): boolean {
  try {
    return project.resolve(name) !== "";
  } catch {
    return false;
  }
}

interface Tsx {
  require(file: string, from: string): Exports;
}

interface TypeScript {
  readonly ModuleKind: { readonly CommonJS: number };
  readonly ScriptTarget: { readonly ES2022: number };
  transpileModule(text: string, options: object): { readonly outputText: string };
}

type Compiling = (module: { _compile(code: string, file: string): void }, file: string) => void;

// Files are compiled one by one as they are required; types are the compiler's business, not ours.
function withTypeScript(ts: TypeScript, project: NodeJS.Require, path: string): Exports {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
  const compile: Compiling = (module, file) =>
    module._compile(
      ts.transpileModule(readFileSync(file, "utf8"), { fileName: file, compilerOptions }).outputText,
      file,
    );
  const { _extensions: extensions } = Module as unknown as { _extensions: Record<string, Compiling> };
  for (const ending of [".ts", ".mts", ".cts"]) extensions[ending] = compile;
  return project(path) as Exports;
}
