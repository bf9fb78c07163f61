const fs = require("node:fs");
const path = require("node:path");
const { downloadRelease } = require("./download");
const { goBuild } = require("./go-build");
const paths = require("./paths");
const { onPath, output } = require("./run");
const { step } = require("./say");

/** The newest patch release of every supported series; the last one is what everything runs on by default. */
const VERSIONS = ["2.10.29", "2.11.17", "2.12.15", "2.14.5", "2.15.1"];
const DEFAULT = VERSIONS[VERSIONS.length - 1];

const ARCH = { x64: "amd64", arm64: "arm64" };

/** Path of a nats-server of exactly one version, or for the default version of any of its series on PATH. */
async function natsServer(version = DEFAULT) {
  const installed = onPath("nats-server", paths.bin);
  const found = installed && output(installed, ["--version"])?.match(/v(\d+\.\d+\.\d+)/)?.[1];
  if (found === version || (version === DEFAULT && found?.startsWith(DEFAULT.replace(/\d+$/, "")))) return installed;
  const target = path.join(paths.bin, `nats-server-${version}`);
  if (fs.existsSync(target)) return target;

  fs.mkdirSync(paths.bin, { recursive: true });
  const base = process.env.HEADWATER_NATS_RELEASES ?? "https://github.com/nats-io/nats-server/releases/download";
  const release = `nats-server-v${version}-${process.platform}-${ARCH[process.arch]}`;
  await step(`nats-server ${version}: downloading it, or building it with Go`, "up to 1 min", async () => {
    const downloaded = await downloadRelease({
      archive: `${base}/v${version}/${release}.tar.gz`,
      sums: `${base}/v${version}/SHA256SUMS`,
      file: `${release}/nats-server`,
      target,
    });
    if (!downloaded)
      await goBuild({ name: "nats-server", module: "github.com/nats-io/nats-server/v2", version, target });
  });
  return target;
}

module.exports = { natsServer, VERSIONS, DEFAULT };
