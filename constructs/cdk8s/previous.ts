import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Yaml } from "cdk8s";
import type { Finding } from "../../model/finding";
import { type RenderedBuses, renderedBuses } from "../../render/event-bus/rendered-buses";
import { type RenderedAssets, renderedAssets } from "../../render/nack/rendered-assets";

/** What was rendered before: a file or folder of manifests, or the objects of such files. */
export type Previous = string | readonly unknown[];

/** What was rendered before, read. */
export interface PreviousAssets extends RenderedAssets {
  readonly buses: RenderedBuses;
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
  try {
    return index(statSync(location).isDirectory() ? loadFolder(location) : Yaml.load(location), []);
  } catch (error) {
    return index([], [unreadable(location, error as Error)]);
  }
}

// cdk8s starts a process for each file it loads.
function loadFolder(folder: string): unknown[] {
  const all = mkdtempSync(join(tmpdir(), "headwater-previous-"));
  try {
    const file = join(all, "all.yaml");
    writeFileSync(
      file,
      manifestsIn(folder)
        .map((each) => readFileSync(each, "utf8"))
        .join("\n---\n"),
    );
    return Yaml.load(file);
  } finally {
    rmSync(all, { recursive: true });
  }
}

function manifestsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => /\.(ya?ml|json)$/.test(file))
    .sort()
    .map((file) => join(folder, file));
}

function index(objects: readonly unknown[], findings: readonly Finding[]): PreviousAssets {
  return { ...renderedAssets(objects), buses: renderedBuses(objects), findings };
}

function missing(location: string): Finding {
  return {
    code: "CD105",
    severity: "error",
    kind: "file",
    name: location,
    field: "",
    problem: "is not there, and edits are to be judged beside it",
    remedy:
      "Correct previous; before the first deployment, leave it out. Of the folder cdk8s synth writes to, name a copy: it is emptied first.",
  };
}

function unreadable(file: string, { message }: Error): Finding {
  const [said = ""] = message.split("\n");
  return {
    code: "CD106",
    severity: "error",
    kind: "file",
    name: file,
    field: "",
    problem: `cannot be read: ${said.replace(/[.:]$/, "")}`,
    remedy: "Correct it, or set previous to manifests alone.",
  };
}
