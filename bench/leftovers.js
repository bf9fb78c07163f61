const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

const processes = new Set();
const folders = new Set();

/** Notes a process that leads a group of its own: Ctrl-C reaches it through here, and only once. */
function owned(child) {
  processes.add(child);
  child.once("exit", () => processes.delete(child));
  return child;
}

/** Ends a process with all it started, and waits for it. */
async function end(child) {
  if (!processes.has(child)) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  killGroup(child);
  await gone;
}

/** A folder below the system's temporary one, gone when the run ends. */
function scratch(name) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `headwater-bench-${name}-`));
  folders.add(folder);
  return folder;
}

/** Ends every process and removes every folder of this run. */
async function sweep() {
  await Promise.all([...processes].map(end));
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  folders.clear();
}

/** Makes Ctrl-C and a polite kill leave nothing behind. */
function sweepOnSignals() {
  const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
  for (const [signal, code] of Object.entries(codes)) {
    process.once(signal, () => sweep().finally(() => process.exit(code)));
  }
}

function killGroup(child) {
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
}

module.exports = { owned, end, scratch, sweep, sweepOnSignals };
