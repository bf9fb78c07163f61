import { execFile } from "node:child_process";
import { mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { builtNatsCli } = require("../../tools/lib/nats-cli") as { builtNatsCli(): string | undefined };

/** Path of the `nats` tool; `undefined` where it could not be built. */
export const natsTool = builtNatsCli();

// Contexts of whoever runs the tests are not asked.
const home = mkdtempSync(join(tmpdir(), "headwater-nats-home-"));
if (natsTool) symlinkSync(natsTool, join(home, "nats"));

/** What one run of the tool gave. */
export interface NatsRun {
  readonly code: number;
  readonly output: string;
}

/** Runs the tool, or a script of its commands, against a server. */
export function nats(url: string, command: string, args: readonly string[], cwd: string): Promise<NatsRun> {
  const env = {
    ...process.env,
    HOME: home,
    XDG_CONFIG_HOME: home,
    NATS_URL: url,
    PATH: `${home}:${process.env.PATH}`,
  };
  return new Promise((resolve) => {
    const child = execFile(command, [...args], { cwd, env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: `${stdout}${stderr}` });
    });
    child.stdin?.end();
  });
}
