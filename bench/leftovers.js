const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

const CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
// Pulumi ends its plugins when it ends in good order: a second interrupt makes it hurry, and only then it is killed.
const INSISTENCE = [
  ["SIGINT", 0],
  ["SIGINT", 3_000],
  ["SIGKILL", 10_000],
];

const processes = new Set();
const folders = new Set();
let watching = false;
let stopping = false;

/** Notes a process that leads a group of its own: Ctrl-C reaches it through here, and only once. */
function owned(child) {
  processes.add(child);
  child.once("exit", () => processes.delete(child));
  return child;
}

/** Ends a process, politely first so that it ends what it started, and waits for it. */
async function end(child) {
  if (!processes.has(child)) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const timers = INSISTENCE.map(([signal, ms]) => setTimeout(() => signalGroup(child, signal), ms));
  await gone;
  timers.forEach(clearTimeout);
}

/** A folder below the system's temporary one, gone when the run ends. From the first one on, Ctrl-C cleans up. */
function scratch(name) {
  if (!watching) sweepOnSignals();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `headwater-bench-${name}-`));
  folders.add(folder);
  return folder;
}

/** Ends every process, the last one first, and removes every folder of this run. */
async function sweep() {
  for (const child of [...processes].reverse()) await end(child);
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  folders.clear();
}

// Until there is something to clean up, a signal may end a computation on the spot.
function sweepOnSignals() {
  watching = true;
  for (const [signal, code] of Object.entries(CODES)) process.on(signal, () => stop(code));
  // The reader of a pipe may leave before the end.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => stop(1));
}

function stop(code) {
  if (stopping) return;
  stopping = true;
  console.error("\nStopping: ending what was started, removing its folders.");
  sweep().finally(() => process.exit(code));
}

/** True once the run is being ended: what fails from then on is no news. */
function isStopping() {
  return stopping;
}

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}

module.exports = { owned, end, scratch, sweep, isStopping };
