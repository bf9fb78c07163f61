import { readClusters } from "../model/cluster/cluster-file";
import type { LocatedFinding } from "../model/place";
import { paintFor } from "./color";
import { EXIT, Trouble } from "./exit-codes";
import { textFindings } from "./formats/text";
import type { Io } from "./io";
import { readSources, UNREADABLE } from "./read-sources";
import type { RenderOptions } from "./render/render-options";
import { isError } from "./render/target";
import { TARGETS, targetOf } from "./render/targets";
import { writeFiles } from "./render/write-files";

export type { RenderOptions } from "./render/render-options";

import { onlySet } from "./topology-sets";

/** Writes what a file declares as configuration for whatever runs it; answers the exit code. */
export async function render(file: string, options: RenderOptions, io: Io): Promise<number> {
  const target = targetOf(options.to);
  refuseStrangers(options);
  const read = await readSources([file], io);
  const clusters = readClusters(read.sources);
  const set = onlySet(read.sources);
  const report = async (findings: readonly LocatedFinding[]) => {
    if (findings.length === 0) return;
    await io.stderr.write(textFindings({ files: [file], assets: set.assets, findings }, paintFor(io, options.color)));
  };
  const broken = [...read.findings, ...clusters.findings, ...set.findings];
  if (broken.some(isError)) {
    await report(broken);
    return read.findings.some(({ code }) => UNREADABLE.has(code)) ? EXIT.failed : EXIT.errors;
  }
  const declared = { file, set, clusters, sources: read.sources };
  const { files, findings } = await target.render(declared, options, io);
  await report(options.quiet ? findings.filter(isError) : findings);
  if (findings.some(isError)) return EXIT.errors;
  await writeFiles(files, options, io);
  return EXIT.ok;
}

// An option of another target would be passed over without a word.
function refuseStrangers(options: RenderOptions): void {
  const known = new Set<string>(targetOf(options.to).options);
  for (const key of new Set(Object.values(TARGETS).flatMap((target) => [...target.options]))) {
    if (options[key] === undefined || known.has(key)) continue;
    const flag = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    throw new Trouble(`${flag} is not for --to ${options.to}.`);
  }
}
