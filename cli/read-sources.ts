import { readFile } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { fileFinding, type ReadSources as ReadFile } from "../model/topology-source";
import { readTopologyText } from "../model/topology-text";
import { type ManifestDocuments, manifestDocuments } from "../render/kubernetes/manifest-documents";
import type { Io } from "./io";
import { readTopologyModule } from "./read-module";

const MODULES = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"];
const STDIN = "-";
/** Codes of files that cannot be read: without them the rest would be judged as if their assets did not exist. */
export const UNREADABLE: ReadonlySet<string> = new Set(["TF101", "TF107"]);

/** The files, each as it was named first: `a.yaml` and `./a.yaml` are one. */
export function eachOnce(files: readonly string[], { cwd }: Io): string[] {
  const byPath = new Map<string, string>();
  for (const file of files) {
    const path = file === STDIN ? STDIN : resolve(cwd, file);
    if (!byPath.has(path)) byPath.set(path, file);
  }
  return [...byPath.values()];
}

/**
 * Reads every file, each by its kind; resources of NACK are sources like others. Nothing is thrown for a file that cannot be
 * read: it has a finding.
 */
export async function readSources(files: readonly string[], io: Io): Promise<ManifestDocuments> {
  const read: ReadFile[] = [];
  // One after the other: modules are programs, and their order is the user's.
  for (const file of files) read.push(await readOne(file, io));
  const { sources, objects, findings } = manifestDocuments(read.flatMap((one) => one.sources));
  return { sources, objects, findings: [...read.flatMap((one) => one.findings), ...findings] };
}

async function readOne(file: string, io: Io): Promise<ReadFile> {
  try {
    const bytes = file === STDIN ? await io.readStdin() : await readFile(resolve(io.cwd, file));
    if (MODULES.includes(extname(file))) return await readTopologyModule(file, resolve(io.cwd, file));
    return readTopologyText(file, new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    const [problem, remedy] = REASONS[code] ?? [`cannot be read (${message})`, "Check the file."];
    return { sources: [], findings: [fileFinding({ file }, "TF101", "", problem, remedy)] };
  }
}

const REASONS: Readonly<Record<string, readonly [problem: string, remedy: string]>> = {
  ENOENT: ["does not exist", "Check the path."],
  EISDIR: ["is a folder", "Name the files in it."],
  EACCES: ["cannot be read: permission denied", "Grant the permission to read it."],
  ERR_ENCODING_INVALID_ENCODED_DATA: ["is no UTF-8 text", "Save it as UTF-8."],
};
