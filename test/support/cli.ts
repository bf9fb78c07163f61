import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Io } from "../../cli/io";
import { run } from "../../cli/program";

/** What one run of the command gave. */
export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly terminal?: boolean;
  readonly stdin?: string;
}

/** Runs the command in this process, as the executable does. */
export async function headwater(args: readonly string[], options: CliOptions): Promise<CliResult> {
  const { cwd, env = {}, terminal = false, stdin = "" } = options;
  const written = { stdout: "", stderr: "" };
  const output = (to: "stdout" | "stderr") => ({
    isTerminal: terminal,
    write: async (text: string) => {
      written[to] += text;
    },
  });
  const readStdin = async () => new TextEncoder().encode(stdin);
  const io: Io = { env, cwd, stdout: output("stdout"), stderr: output("stderr"), readStdin };
  return { code: await run(args, io), ...written };
}

/** Writes files into a fresh folder; answers the folder. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "headwater-files-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}
