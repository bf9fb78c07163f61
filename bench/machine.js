const os = require("node:os");
const { DEFAULT } = require("../tools/lib/nats-server");

/** What kind of machine this is, without saying which one. */
function machine() {
  return {
    cores: os.availableParallelism(),
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    platform: `${process.platform}-${process.arch}`,
    load: Number(os.loadavg()[0].toFixed(1)),
    node: process.versions.node,
    pulumi: require("@pulumi/pulumi/package.json").version,
    natsServer: DEFAULT,
  };
}

module.exports = { machine };
