const fs = require("node:fs");
const path = require("node:path");
const { goBuild } = require("./go-build");
const paths = require("./paths");
const { step } = require("./say");

/** The `nats` tool rendered files are tried with. */
const NATS_CLI = "0.4.0";

const target = path.join(paths.bin, `nats-${NATS_CLI}`);

/** Path of the `nats` tool, built where it is not there yet. */
async function natsCli() {
  if (fs.existsSync(target)) return target;
  fs.mkdirSync(paths.bin, { recursive: true });
  await step(`nats ${NATS_CLI}: building it with Go`, "1 to 2 min", () =>
    goBuild({
      name: "nats",
      module: "github.com/nats-io/natscli",
      command: "github.com/nats-io/natscli/nats",
      version: NATS_CLI,
      target,
    }),
  );
  return target;
}

/** The same for tests that can do without it: where it cannot be built, that is said, and they are skipped. */
async function natsCliIfPossible() {
  try {
    return await natsCli();
  } catch (error) {
    console.error(`nats ${NATS_CLI} cannot be built, tests that need it are skipped: ${error.message}`);
    return undefined;
  }
}

/** Path of the tool where it was built already. */
const builtNatsCli = () => (fs.existsSync(target) ? target : undefined);

module.exports = { natsCli, natsCliIfPossible, builtNatsCli, NATS_CLI };
