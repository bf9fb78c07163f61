import Module, { type LoadHookSync, type ResolveHookSync } from "node:module";

/** What a module exports, by name. */
export type Exports = Readonly<Record<string, unknown>>;

/**
 * Runs while Node reads TypeScript as people write it: imports and exports in a project that says nothing about them, and
 * relative imports without a file's ending. Node without these hooks, or without TypeScript, goes on as it is.
 */
export async function withNativeTypeScript<T>(run: () => Promise<T>): Promise<T> {
  const { registerHooks } = Module as { registerHooks?: typeof Module.registerHooks };
  if (!registerHooks || !process.features.typescript) return run();
  const hooks = registerHooks({ resolve, load });
  try {
    return await run();
  } finally {
    hooks.deregister();
  }
}

const ENDINGS = [".ts", ".mts", ".cts", "/index.ts"];
const IS_MODULE = /^\s*(import\s*[\w{*"']|export\s*[\w{*])/m;

const resolve: ResolveHookSync = (specifier, context, next) => {
  try {
    return next(specifier, context);
  } catch (error) {
    if (!/^\.{0,2}\//.test(specifier) || !/\.[mc]?ts$/.test(context.parentURL ?? "")) throw error;
    // `./other` and, as compilers want it, `./other.js` mean `./other.ts`.
    const stem = specifier.replace(/\.([mc]?)js$/, "");
    for (const ending of ENDINGS) {
      try {
        return next(stem + ending, context);
      } catch {
        // Not this one.
      }
    }
    throw error;
  }
};

const load: LoadHookSync = (url, context, next) => {
  const loaded = next(url, context);
  const isOurs = url.endsWith(".ts") && !url.includes("/node_modules/");
  if (!isOurs || loaded.format !== "commonjs-typescript" || !IS_MODULE.test(String(loaded.source))) return loaded;
  return next(url, { ...context, format: "module-typescript" });
};
