const fs = require("node:fs");
const path = require("node:path");
const { goBuild } = require("./go-build");
const { DEFAULT } = require("./nats-server");
const paths = require("./paths");
const { step } = require("./say");

/** Path of a program that prints a `nats.conf` as JSON, read by the parser of the default nats-server. */
async function natsConfJson() {
  const target = path.join(paths.bin, `nats-conf-json-${DEFAULT}`);
  if (fs.existsSync(target)) return target;
  fs.mkdirSync(paths.bin, { recursive: true });
  await step(`parser of nats-server ${DEFAULT}: building it with Go`, "up to 1 min", () =>
    goBuild({
      name: "nats-conf-json",
      module: "github.com/nats-io/nats-server/v2",
      version: DEFAULT,
      source: path.join(paths.root, "tools", "nats-conf-json", "main.go"),
      target,
    }),
  );
  return target;
}

module.exports = { natsConfJson };
