const { randomBytes } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const paths = require("./paths");
const { pulumiTools } = require("./pulumi-tools");
const { output, shown } = require("./run");
const { Trouble } = require("./say");

const PROJECT = "headwater-persistence";
const STACK = "dev";
const configFile = path.join(paths.pulumi, "Pulumi.dev.yaml");

/** The `dev` stack on a file backend of its own: state, home and passphrase stay below the ignored folder. */
async function localStack() {
  const folders = await pulumiTools();
  const state = path.join(paths.pulumi, "state");
  fs.mkdirSync(state, { recursive: true });
  // What the user's shell says about Pulumi is meant for the user's own stacks.
  const inherited = Object.entries(process.env).filter(([key]) => !key.startsWith("PULUMI_"));
  const env = {
    ...Object.fromEntries(inherited),
    ...environment(state),
    PATH: [...folders, path.dirname(process.execPath), process.env.PATH].join(path.delimiter),
  };
  const pulumi = (...args) => shown("pulumi", args, { cwd: paths.root, env });
  const quiet = (...args) => output("pulumi", args, { cwd: paths.root, env });
  return { pulumi, quiet, env, configFile };
}

function environment(state) {
  return {
    PULUMI_HOME: path.join(paths.pulumi, "home"),
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE_FILE: passphraseFile(),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}

function passphraseFile() {
  const file = path.join(paths.pulumi, "passphrase");
  if (!fs.existsSync(file)) fs.writeFileSync(file, randomBytes(24).toString("hex"), { mode: 0o600 });
  return file;
}

/**
 * Makes the stack if there is none, and points it at the local servers. `stack init` notes a salt in the configuration it
 * finds: it runs in a project of its own, so that the committed configuration stays as it is.
 */
function configure({ env, quiet }, servers) {
  const scratch = path.join(paths.pulumi, "init");
  const salted = path.join(scratch, `Pulumi.${STACK}.yaml`);
  if (quiet("stack", "--stack", STACK, "--show-name") === undefined || !fs.existsSync(salted)) {
    fs.rmSync(scratch, { recursive: true, force: true });
    fs.mkdirSync(scratch, { recursive: true });
    fs.writeFileSync(path.join(scratch, "Pulumi.yaml"), `name: ${PROJECT}\nruntime: nodejs\n`);
    if (output("pulumi", ["stack", "init", STACK, "--non-interactive"], { cwd: scratch, env }) === undefined) {
      throw new Trouble("Pulumi could not make the stack: try `npm run down`, then this again.");
    }
  }
  const salt = fs.readFileSync(salted, "utf8").match(/^encryptionsalt: .*$/m)?.[0] ?? "";
  const committed = fs.readFileSync(path.join(paths.root, "stacks", "config", `Pulumi.${STACK}.yaml`), "utf8");
  fs.writeFileSync(configFile, `${salt}\n${committed}`);
  if (quiet("config", "set", "--stack", STACK, "--config-file", configFile, "nats:servers", servers) === undefined) {
    throw new Trouble("Pulumi could not write the stack's configuration.");
  }
}

module.exports = { localStack, configure, STACK, configFile };
