import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { yamlText } from "../../model/yaml-text";
import type { RenderedFile } from "../../render/render-cluster";
import { Trouble } from "../exit-codes";
import type { Io } from "../io";
import type { RenderOptions } from "./render-options";

/** Prints or writes what was rendered: one file may go anywhere, several belong into a folder. */
export async function writeFiles(
  files: readonly RenderedFile[],
  { output, to, quiet }: RenderOptions,
  io: Io,
): Promise<void> {
  const [only, ...more] = files;
  if (only && more.length === 0 && output === undefined) return io.stdout.write(textOf(only));
  if (output === undefined) {
    const names = files.map(({ path }) => path).join(", ");
    throw new Trouble(`--to ${to} makes several files: ${names}. Name a folder with --output.`);
  }
  for (const file of files) {
    const path = more.length > 0 || output.endsWith("/") ? join(output, file.path) : output;
    await save(resolve(io.cwd, path), textOf(file), path);
    if (!quiet) await io.stderr.write(`wrote ${path}\n`);
  }
}

const textOf = (file: RenderedFile) => ("text" in file ? file.text : yamlText(...file.documents));

async function save(path: string, text: string, shown: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    throw new Trouble(`--output: cannot write ${shown} (${(error as NodeJS.ErrnoException).code}).`);
  }
}
