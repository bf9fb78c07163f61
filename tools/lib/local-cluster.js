const fs = require("node:fs");
const path = require("node:path");
const paths = require("./paths");
const { Trouble } = require("./say");

const SPEC = { name: "persistence", size: 3, jetstream: { maxFileStore: "100GiB", maxMemoryStore: "1GiB" } };
const START_MS = 30_000;

// Compiled before any of this is called.
const local = (name) => require(path.join(paths.root, "dist", "local", `${name}.js`));

/** True when there is anything of the local cluster, running or not. */
const hasCluster = () => fs.existsSync(path.join(paths.local, SPEC.name));

/** The local cluster's servers: `{ name, client }` each. */
function readServers() {
  if (!hasCluster()) return [];
  const state = local("state").readState(run().home);
  return (state?.servers ?? []).map(({ name, ports }) => ({ name, client: ports.client }));
}

/** Client URLs, comma-separated. */
const urls = (servers) => servers.map(({ client }) => `nats://127.0.0.1:${client}`).join(",");

/** Starts what is not running; answers the servers and whether all ran already. */
async function startCluster(natsServer) {
  const binary = local("binary").findBinary(SPEC.name, natsServer, process.env);
  const { changed } = await mended(() => local("up").up(run(), SPEC, binary));
  return { servers: readServers(), started: changed > 0 };
}

/** Stops the servers and removes all they have; answers how many ran. */
async function removeCluster() {
  if (readServers().length === 0) return 0;
  const stopped = await mended(() => local("down").down(run(), { deleteData: true }));
  return stopped.length;
}

function run() {
  const home = local("home").localHome(paths.local, SPEC.name);
  return { home, env: process.env, cwd: paths.root, say: () => {}, timeoutMs: START_MS };
}

// What the package refuses is the user's to mend: a sentence, without a stack.
async function mended(work) {
  try {
    return await work();
  } catch (error) {
    throw error.findings ? new Trouble(error.message) : error;
  }
}

module.exports = { startCluster, removeCluster, hasCluster, urls };
