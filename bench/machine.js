const os = require("node:os");
const { natsServer } = require("../tools/lib/nats-server");
const { pulumiTools } = require("../tools/lib/pulumi-tools");
const { onPath, output } = require("../tools/lib/run");
const path = require("node:path");

/** What kind of machine this is, without saying which one, and the tools the parts need. */
async function machine(parts) {
  return {
    cores: os.availableParallelism(),
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    platform: `${process.platform}-${process.arch}`,
    load: Number(os.loadavg()[0].toFixed(1)),
    node: process.versions.node,
    ...(parts.includes("engine") && { pulumi: await pulumiVersion() }),
    ...(parts.some((part) => part !== "preflight") && { natsServer: versionIn(await natsServer(), "--version") }),
  };
}

async function pulumiVersion() {
  const [folder] = await pulumiTools();
  return versionIn(folder ? path.join(folder, "pulumi") : onPath("pulumi"), "version");
}

function versionIn(command, argument) {
  return output(command, [argument])?.match(/\d+\.\d+\.\d+/)?.[0] ?? "unknown";
}

module.exports = { machine };
