import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { paintFor } from "./color";
import { Trouble } from "./exit-codes";
import { type Format, formats } from "./formats";
import { summary } from "./formats/text";
import type { Io } from "./io";
import type { Report } from "./report";

/** Where a report goes, and what it looks like. */
export interface PrintOptions {
  readonly format: Format;
  readonly output?: string;
  readonly color: boolean;
  readonly quiet?: boolean;
}

/** Prints a report, or writes it to a file and prints its summary. */
export async function printReport(report: Report, options: PrintOptions, io: Io): Promise<void> {
  const paint = paintFor(io, options.color);
  const { format, output, quiet } = options;
  if (output === undefined) {
    const silent = quiet && format === "text" && isEmpty(report);
    if (!silent) await io.stdout.write(formats[format](report, paint));
    return;
  }
  try {
    await writeFile(resolve(io.cwd, output), format === "text" ? formats.text(report) : formats[format](report));
  } catch (error) {
    throw new Trouble(`--output: cannot write ${output} (${(error as NodeJS.ErrnoException).code}).`);
  }
  if (!quiet) await io.stdout.write(`${summary(report, paint)}; written to ${output}\n`);
}

function isEmpty({ findings, policies }: Report): boolean {
  return findings.length === 0 && !policies?.waived.length;
}
