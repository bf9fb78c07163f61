import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** The command line of a process; empty when there is none. */
export function commandLineOf(pid: number): string {
  const file = `/proc/${pid}/cmdline`;
  // Where there is no ps: slim containers.
  if (existsSync("/proc/self/cmdline")) return existsSync(file) ? readFileSync(file, "utf8").replaceAll("\0", " ") : "";
  const { status, stdout } = spawnSync("ps", ["-ww", "-p", String(pid), "-o", "args="], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : "";
}
