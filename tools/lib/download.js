const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { output } = require("./run");

const CONNECT_MS = 8_000;

/** Fetches a release archive and unpacks one file of it; `false` when its site cannot be reached or the sum is wrong. */
async function downloadRelease({ archive, sums, file, target }) {
  if (process.env.HEADWATER_NO_DOWNLOAD || process.platform === "win32") return false;
  const scratch = fs.mkdtempSync(path.join(path.dirname(target), ".download-"));
  try {
    const list = await get(sums, CONNECT_MS);
    const data = list && (await get(archive, 300_000));
    if (!data) return false;
    const digest = createHash("sha256").update(data).digest("hex");
    const listed = list
      .toString("utf8")
      .split("\n")
      .some((line) => line.includes(digest) && line.includes(path.basename(archive)));
    if (!listed) {
      console.log(`  ${archive} does not match its published checksum: not used`);
      return false;
    }
    const tarball = path.join(scratch, "release.tar.gz");
    fs.writeFileSync(tarball, data);
    if (output("tar", ["-xzf", tarball, "-C", scratch]) === undefined) return false;
    fs.renameSync(path.join(scratch, file), target);
    return true;
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

async function get(url, timeout) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeout) });
    return response.ok ? Buffer.from(await response.arrayBuffer()) : undefined;
  } catch {
    return undefined;
  }
}

module.exports = { downloadRelease };
