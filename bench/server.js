const { spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { connect } = require("@nats-io/transport-node");
const { natsServer } = require("../tools/lib/nats-server");
const { Trouble } = require("../tools/lib/say");
const { end, owned, scratch } = require("./leftovers");

const START_MS = 15_000;

/** Starts one real nats-server with JetStream on ports it chooses itself; answers its URL and how to stop it. */
async function startServer() {
  const binary = await natsServer();
  const folder = scratch("nats");
  const config = path.join(folder, "nats.conf");
  const lines = [
    'listen: "127.0.0.1:-1"',
    `ports_file_dir: ${JSON.stringify(folder)}`,
    `jetstream { store_dir: ${JSON.stringify(path.join(folder, "store"))}, max_file_store: 100GB }`,
  ];
  fs.writeFileSync(config, `${lines.join("\n")}\n`);
  const child = owned(spawn(binary, ["-c", config], { detached: true, stdio: "ignore" }));
  const url = await urlOf(path.join(folder, `${path.basename(binary)}_${child.pid}.ports`), child);
  return { url, stop: () => end(child) };
}

async function urlOf(portsFile, child) {
  for (const deadline = Date.now() + START_MS; Date.now() < deadline && child.exitCode === null; ) {
    const [url] = ports(portsFile);
    const nc = url && (await connect({ servers: url }).catch(() => undefined));
    if (nc) {
      await nc.close();
      return url;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Trouble("The nats-server to measure with did not start.");
}

// Half a file may be there already.
function ports(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")).nats;
  } catch {
    return [];
  }
}

/** A connection to a server, closed after its use. */
async function withConnection({ url }, use) {
  const nc = await connect({ servers: url });
  try {
    return await use(nc);
  } finally {
    await nc.close();
  }
}

module.exports = { startServer, withConnection };
