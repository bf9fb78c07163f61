const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const paths = require("./paths");

/** Where Jest keeps what it compiled from run to run. */
const JEST_CACHE = `--cacheDirectory=${path.join(paths.home, "jest-cache")}`;

/** Runs with the environment for a process whose temporary files, and those of all it starts, are gone afterwards. */
async function withTemporary(run) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "headwater-test-"));
  try {
    return await run({ ...process.env, TMPDIR: folder });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

module.exports = { JEST_CACHE, withTemporary };
