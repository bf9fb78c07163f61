import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "../../model/finding";
import { readTopologyText } from "../../model/topology-text";
import { type RenderedAssets, renderedAssets } from "../../render/nack/rendered-assets";

/** What was rendered before: a file or folder of manifests, or the objects of such files. */
export type Previous = string | readonly unknown[];

/** What was rendered before, read. */
export interface PreviousAssets extends RenderedAssets {
  /** What is wrong with the location. */
  readonly findings: readonly Finding[];
}

const byObjects = new WeakMap<object, PreviousAssets>();

/** Reads what was rendered before; a location is read again for every app, objects once. */
export function previousAssets(previous: Previous, read: Map<string, PreviousAssets>): PreviousAssets {
  if (typeof previous !== "string") {
    const found = byObjects.get(previous) ?? index(previous, []);
    byObjects.set(previous, found);
    return found;
  }
  const found = read.get(previous) ?? readLocation(previous);
  read.set(previous, found);
  return found;
}

function readLocation(location: string): PreviousAssets {
  if (!existsSync(location)) return index([], [missing(location)]);
  const files = statSync(location).isDirectory() ? manifestsIn(location) : [location];
  const texts = files.map((file) => [file, readFileSync(file, "utf8")] as const);
  const read = texts.flatMap(([file, text]) => (text.trim() === "" ? [] : [readTopologyText(file, text)]));
  const broken = read.flatMap(({ findings }) => findings);
  return index(
    read.flatMap(({ sources }) => sources.map(({ value }) => value)),
    broken.slice(0, 1).map(({ name, problem, line }) => unreadable(name, `line ${line}: ${problem}`)),
  );
}

function manifestsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => /\.(ya?ml|json)$/.test(file))
    .sort()
    .map((file) => join(folder, file));
}

function index(objects: readonly unknown[], findings: readonly Finding[]): PreviousAssets {
  return { ...renderedAssets(objects), findings };
}

function missing(location: string): Finding {
  return {
    code: "CD105",
    severity: "error",
    kind: "file",
    name: location,
    field: "",
    problem: "is not there, and edits are to be judged beside it",
    remedy: "Correct previous; before the first deployment, leave it out.",
  };
}

function unreadable(file: string, said: string): Finding {
  return {
    code: "CD106",
    severity: "error",
    kind: "file",
    name: file,
    field: "",
    problem: `cannot be read: ${said}`,
    remedy: "Correct it, or set previous to manifests alone.",
  };
}
