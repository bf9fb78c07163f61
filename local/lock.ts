import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { commandLineOf } from "./command-line";
import { throwLocal } from "./finding";
import { type LocalHome, lockFile } from "./home";
import { makePrivateFolder } from "./state";

/** Runs alone on a local cluster: a second command at the same time is refused. */
export async function withLock<T>(home: LocalHome, run: () => Promise<T>): Promise<T> {
  makePrivateFolder(home.folder);
  take(home);
  const release = () => rmSync(lockFile(home), { force: true });
  process.once("exit", release);
  try {
    return await run();
  } finally {
    process.off("exit", release);
    release();
  }
}

function take(home: LocalHome): void {
  const file = lockFile(home);
  for (;;) {
    if (linked(file)) return;
    const [, pid = "", commandLine] = /^(\d+) (.*)$/s.exec(existsSync(file) ? readFileSync(file, "utf8") : "") ?? [];
    // A command that was killed leaves its lock behind.
    if (pid && commandLineOf(Number(pid)) === commandLine) {
      const remedy = "Wait until it has ended.";
      throwLocal("LC104", home.name, "", `another command is at work on it (process ${pid})`, remedy);
    }
    rmSync(file, { force: true });
  }
}

// Whole from the moment it is there: nobody reads half a lock and takes it for one that was left behind.
function linked(file: string): boolean {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, `${process.pid} ${commandLineOf(process.pid)}`, { mode: 0o600 });
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}
