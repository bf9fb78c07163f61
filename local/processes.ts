import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { commandLineOf } from "./command-line";
import { configOf, type LocalHome, logOf, pidFileOf } from "./home";
import { until } from "./until";

const STOP_MS = 10_000;

/**
 * The process that runs a server, `undefined` when none does. A process id may have been given to another program since:
 * only one that was started with the server's configuration counts.
 */
export function pidOf(home: LocalHome, server: string): number | undefined {
  const file = pidFileOf(home, server);
  const pid = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  return pid > 0 && commandLineOf(pid).includes(configOf(home, server)) ? pid : undefined;
}

/** Starts a server that goes on after this process; its output is added to its log. */
export function launch(home: LocalHome, server: string, binary: string, variables: Readonly<Record<string, string>>) {
  const log = openSync(logOf(home, server), "a");
  const child = spawn(binary, ["-c", configOf(home, server)], {
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...process.env, ...variables },
  });
  // A program that cannot be started is seen as a server that does not run.
  child.on("error", () => {});
  child.unref();
  closeSync(log);
  if (child.pid) writeFileSync(pidFileOf(home, server), String(child.pid));
}

/** Tells a server to read its configuration again. */
export function reload(home: LocalHome, server: string): void {
  const pid = pidOf(home, server);
  if (pid) process.kill(pid, "SIGHUP");
}

/** Ends servers, by force when they take longer than ten seconds; answers those that ran. */
export async function stopServers(home: LocalHome, servers: readonly string[]): Promise<string[]> {
  const running = servers.filter((server) => pidOf(home, server));
  signal(home, running, "SIGTERM");
  const ended = () => running.every((server) => !pidOf(home, server));
  if (!(await until(ended, STOP_MS))) {
    signal(home, running, "SIGKILL");
    await until(ended, STOP_MS);
  }
  for (const server of servers) rmSync(pidFileOf(home, server), { force: true });
  return running;
}

function signal(home: LocalHome, servers: readonly string[], name: NodeJS.Signals): void {
  for (const server of servers) {
    const pid = pidOf(home, server);
    try {
      if (pid) process.kill(pid, name);
    } catch {
      // It ended in between.
    }
  }
}
