import { extname } from "node:path";
import { pathToFileURL } from "node:url";
import { type Exports, withNativeTypeScript } from "./native-typescript";
import { compilerOf } from "./project-compiler";

/** A module's exports, or why there are none. */
export type Loaded = { readonly exports: Exports } | { readonly problem: string; readonly remedy: string };

// What Node's own TypeScript support cannot do, and a project's compiler can: import a type without saying so, leave out
// a file's ending, use enums.
const NEEDS_COMPILER = new Set([
  "ERR_UNKNOWN_FILE_EXTENSION",
  "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX",
  "ERR_UNSUPPORTED_DIR_IMPORT",
  "ERR_MODULE_NOT_FOUND",
  "MODULE_NOT_FOUND",
]);

/**
 * Runs a module: with Node itself, and where that does not understand its TypeScript, with the `tsx` or `typescript` of
 * the project the module belongs to.
 */
export async function loadModule(path: string): Promise<Loaded> {
  try {
    return { exports: await quietly(() => loadAnyhow(path)) };
  } catch (error) {
    const { message = String(error) } = (error ?? {}) as Error;
    return { problem: `cannot be run: ${firstLine(message)}`, remedy: remedyFor(path, error) };
  }
}

function remedyFor(path: string, error: unknown): string {
  const { code = "", message = "" } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === "ERR_UNKNOWN_FILE_EXTENSION")
    return "Use Node 22.18 or newer, or install typescript or tsx in the project.";
  if (code === "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX") return "Leave it out, or install typescript or tsx in the project.";
  if (isTypeScript(path) && /export named|Named export/.test(message))
    return "If it is a type, import it with `import type`, or install typescript or tsx in the project.";
  return "Correct the module; it runs as a program of its own.";
}

function isTypeScript(path: string): boolean {
  return /^\.[mc]?ts$/.test(extname(path));
}

async function loadAnyhow(path: string): Promise<Exports> {
  try {
    return await withNativeTypeScript(() => import(pathToFileURL(path).href));
  } catch (error) {
    if (!needsCompiler(path, error)) throw error;
    const compile = compilerOf(path);
    if (!compile) throw error;
    return compile(path);
  }
}

function needsCompiler(path: string, error: unknown): boolean {
  if (!isTypeScript(path)) return false;
  const { code, name } = (error ?? {}) as NodeJS.ErrnoException;
  return NEEDS_COMPILER.has(code ?? "") || name === "SyntaxError";
}

/** Runs while what modules print goes to standard error, and Node's notes on its own features nowhere. */
async function quietly<T>(run: () => Promise<T>): Promise<T> {
  const { emitWarning } = process;
  const write = process.stdout.write;
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;
  process.emitWarning = ((warning: string | Error, ...rest: never[]) => {
    if (!isNodesOwn(String(warning), rest[0])) emitWarning(warning, ...rest);
  }) as typeof process.emitWarning;
  try {
    return await run();
  } finally {
    process.emitWarning = emitWarning;
    process.stdout.write = write;
  }
}

function isNodesOwn(warning: string, type: unknown): boolean {
  const { code } = (typeof type === "object" && type !== null ? type : {}) as { readonly code?: string };
  if (type === "ExperimentalWarning" || code === "MODULE_TYPELESS_PACKAGE_JSON") return true;
  return warning.startsWith("Failed to load the ES module");
}

function firstLine(text: string): string {
  return (text.split("\n").find((line) => line.trim() !== "") ?? "no message").trim().replace(/\.$/, "");
}
