import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const IMPORT = /from "(\.[^"]+)"/g;

/** Every file of this repository that a file here loads, itself included. */
export function filesBehind(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, path = ""] of readFileSync(file, "utf8").matchAll(IMPORT))
    filesBehind(`${join(dirname(file), path)}.ts`, seen);
  return seen;
}

/** The files that make topologies. */
export function generatorFiles(): string[] {
  const names = readdirSync(__dirname, { recursive: true })
    .map(String)
    .filter((name) => /-arbitrary\.ts$|^topologies\.ts$/.test(name));
  return names.map((name) => join(__dirname, name));
}
