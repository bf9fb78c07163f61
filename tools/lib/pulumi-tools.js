const fs = require("node:fs");
const path = require("node:path");
const { downloadRelease } = require("./download");
const { goBuild } = require("./go-build");
const paths = require("./paths");
const { onPath, output } = require("./run");
const { step } = require("./say");

const VERSION = "3.259.0";
const OLDEST = [3, 254];
const HOST = "pulumi-language-nodejs";
const DYNAMIC = "pulumi-resource-pulumi-nodejs";
const PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";

/** Folders to put before PATH so that `pulumi`, its Node language host and its dynamic provider server are found. */
async function pulumiTools() {
  const installed = onPath("pulumi", paths.helpers);
  const host = onPath(HOST, paths.helpers);
  if (installed && host && isGoodEnough(installed)) return [];
  fs.mkdirSync(paths.bin, { recursive: true });
  const target = path.join(paths.bin, `pulumi-${VERSION}`);
  if (!fs.existsSync(target)) await fetchPulumi(target);
  linkHelpers(target);
  return [paths.helpers];
}

function isGoodEnough(pulumi) {
  const [major, minor] = (output(pulumi, ["version"]) ?? "").replace(/^v/, "").split(".").map(Number);
  return major === OLDEST[0] && minor >= OLDEST[1];
}

async function fetchPulumi(target) {
  const base = process.env.HEADWATER_PULUMI_RELEASES ?? "https://github.com/pulumi/pulumi/releases/download";
  const release = `pulumi-v${VERSION}-${process.platform}-${process.arch}`;
  await step(`pulumi ${VERSION}: downloading it, or building it with Go`, "up to 5 min, once", async () => {
    const downloaded = await downloadRelease({
      archive: `${base}/v${VERSION}/${release}.tar.gz`,
      sums: `${base}/v${VERSION}/pulumi-${VERSION}-checksums.txt`,
      file: "pulumi/pulumi",
      target,
    });
    if (downloaded) return;
    await goBuild({
      name: "pulumi",
      module: PACKAGE,
      version: VERSION,
      tags: "osusergo,grpcnotrace",
      ldflags: `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${VERSION}`,
      target,
    });
  });
}

// Pulumi wants its language host and provider server beside it: this repository's host, the SDK's own server.
function linkHelpers(pulumi) {
  fs.mkdirSync(paths.helpers, { recursive: true });
  const linked = path.join(paths.helpers, "pulumi");
  if (!fs.existsSync(linked) || fs.statSync(linked).size !== fs.statSync(pulumi).size) linkOrCopy(pulumi, linked);
  const host = path.join(paths.root, "tools", "language-host", "host.js");
  const server = path.join(paths.root, "node_modules", "@pulumi", "pulumi", DYNAMIC);
  writeScript(HOST, `exec "${process.execPath}" "${host}" "$@"`);
  writeScript(DYNAMIC, `exec "${server}" "$@"`);
}

function linkOrCopy(from, to) {
  fs.rmSync(to, { force: true });
  try {
    fs.linkSync(from, to);
  } catch {
    fs.copyFileSync(from, to);
  }
}

function writeScript(name, line) {
  const file = path.join(paths.helpers, name);
  const text = `#!/bin/sh\n${line}\n`;
  if (fs.existsSync(file) && fs.readFileSync(file, "utf8") === text) return;
  fs.writeFileSync(`${file}.new`, text, { mode: 0o755 });
  fs.renameSync(`${file}.new`, file);
}

module.exports = { pulumiTools };
