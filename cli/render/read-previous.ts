import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { readTopologyText } from "../../model/topology-text";
import { Trouble } from "../exit-codes";
import type { Io } from "../io";

/** The objects that were rendered before: the only record of what a controller was told. */
export async function readPrevious(file: string, io: Io): Promise<unknown[]> {
  const text = await readFile(resolve(io.cwd, file), "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new Trouble(`--previous: cannot read ${file} (${error.code}).`);
  });
  const { sources, findings } = readTopologyText(file, text);
  const [broken] = findings;
  if (broken) throw new Trouble(`--previous: ${file} ${broken.problem}. ${broken.remedy}`);
  return sources.map(({ value }) => value);
}
