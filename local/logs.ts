import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { throwLocal } from "./finding";
import { logOf } from "./home";
import type { LocalRun } from "./run";
import { requireState } from "./state";

/** One line of a server's log. */
export interface LogLine {
  readonly server: string;
  readonly line: string;
}

const LOOK_MS = 250;

function serversOf({ home }: LocalRun, wanted: string | undefined): string[] {
  const names = requireState(home).servers.map(({ name }) => name);
  if (wanted === undefined || names.includes(wanted)) return wanted === undefined ? names : [wanted];
  const remedy = `Its servers are ${names.join(", ")}.`;
  return throwLocal("LC117", home.name, "", `has no server "${wanted}"`, remedy);
}

/** The last lines of each server's log. */
export function readLogs(run: LocalRun, server: string | undefined, lines: number): LogLine[] {
  return serversOf(run, server).flatMap((name) => {
    const file = logOf(run.home, name);
    if (!existsSync(file)) return [];
    const all = readFileSync(file, "utf8").split("\n").filter(Boolean);
    return all.slice(Math.max(0, all.length - lines)).map((line) => ({ server: name, line }));
  });
}

/** Hands over lines as servers write them, until the signal says that it is enough. */
export async function followLogs(
  run: LocalRun,
  server: string | undefined,
  onLine: (line: LogLine) => Promise<void>,
  enough: AbortSignal,
): Promise<void> {
  const tails = serversOf(run, server).map((name) => ({ name, at: sizeOf(logOf(run.home, name)) }));
  while (!enough.aborted) {
    for (const tail of tails) {
      const added = readFrom(logOf(run.home, tail.name), tail.at);
      const whole = added.subarray(0, added.lastIndexOf("\n") + 1);
      tail.at += whole.length;
      for (const line of whole.toString("utf8").split("\n").slice(0, -1)) await onLine({ server: tail.name, line });
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

const sizeOf = (file: string) => (existsSync(file) ? statSync(file).size : 0);

function readFrom(file: string, offset: number): Buffer {
  const length = sizeOf(file) - offset;
  if (length <= 0) return Buffer.alloc(0);
  const descriptor = openSync(file, "r");
  const buffer = Buffer.alloc(length);
  const read = readSync(descriptor, buffer, 0, length, offset);
  closeSync(descriptor);
  return buffer.subarray(0, read);
}
