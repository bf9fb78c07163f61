const { spawn } = require("node:child_process");
const fs = require("node:fs");
const net = require("node:net");
const path = require("node:path");
const { clusterReady } = require("./cluster-ready");
const paths = require("./paths");
const { output } = require("./run");
const { Trouble } = require("./say");

const SIZE = 3;
const START_MS = 30_000;
const STOP_MS = 10_000;
const stateFile = path.join(paths.local, "cluster.json");

/** The local cluster's servers as they were last started: `{ name, client, route, pid }` each. */
function readServers() {
  return fs.existsSync(stateFile) ? JSON.parse(fs.readFileSync(stateFile, "utf8")) : [];
}

/** Client URLs, comma-separated. */
const urls = (servers) => servers.map(({ client }) => `nats://127.0.0.1:${client}`).join(",");

/** Starts what is not running; answers the servers and whether all ran already. */
async function startCluster(natsServer) {
  const before = readServers();
  const running = before.length === SIZE && before.every(isRunning);
  if (running && (await allAnswer(before))) return { servers: before, started: false };
  await stopServers(before);
  const servers = await withPorts(before);
  for (const server of servers) {
    fs.writeFileSync(path.join(folderOf(server), "nats.conf"), configOf(server, servers));
    server.pid = launch(natsServer, server);
  }
  fs.writeFileSync(stateFile, JSON.stringify(servers, null, 2));
  await until(
    () => allAnswer(servers),
    START_MS,
    () => `The local cluster did not start; its logs are in ${path.relative(process.cwd(), paths.local)}`,
  );
  return { servers, started: true };
}

/** Stops the servers; their data stays. Answers how many ran. */
async function stopCluster() {
  const servers = readServers();
  const running = servers.filter(isRunning).length;
  await stopServers(servers);
  return running;
}

/** Removes the data of a stopped cluster. */
function removeCluster() {
  fs.rmSync(paths.local, { recursive: true, force: true });
}

// Ports are kept from run to run where they are still free, so that applications need no new address.
async function withPorts(before) {
  const servers = [];
  for (let i = 0; i < SIZE; i++) {
    const name = `local-${i + 1}`;
    fs.mkdirSync(folderOf({ name }), { recursive: true });
    servers.push({
      name,
      client: await freePort(before[i]?.client),
      route: await freePort(before[i]?.route),
      monitor: await freePort(before[i]?.monitor),
    });
  }
  return servers;
}

function freePort(wanted = 0) {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.on("error", () => (wanted === 0 ? reject(new Trouble("No free port on 127.0.0.1.")) : resolve(freePort())));
    probe.listen(wanted, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

const folderOf = ({ name }) => path.join(paths.local, name);

function configOf(server, servers) {
  const routes = servers.map(({ route }) => `nats://127.0.0.1:${route}`).join(", ");
  return [
    `server_name: ${server.name}`,
    `listen: "127.0.0.1:${server.client}"`,
    `http: "127.0.0.1:${server.monitor}"`,
    `jetstream { store_dir: ${JSON.stringify(folderOf(server))}, max_file_store: 100GB, max_memory_store: 1GB }`,
    `cluster { name: headwater-local, listen: "127.0.0.1:${server.route}", routes: [${routes}] }`,
    "",
  ].join("\n");
}

// Where there is no ps: slim containers.
function readCommandLine(pid) {
  const file = `/proc/${pid}/cmdline`;
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
}

function launch(natsServer, server) {
  const log = fs.openSync(path.join(folderOf(server), "server.log"), "a");
  const child = spawn(natsServer, ["-c", path.join(folderOf(server), "nats.conf")], {
    detached: true,
    stdio: ["ignore", log, log],
  });
  child.unref();
  fs.closeSync(log);
  return child.pid;
}

// A process id may have been given to another program since: only one that runs our configuration counts.
function isRunning({ pid, name }) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const commandLine = output("ps", ["-p", String(pid), "-o", "args="]) ?? readCommandLine(pid);
  return commandLine.includes(path.join(paths.local, name));
}

async function stopServers(servers) {
  const running = servers.filter(isRunning);
  for (const { pid } of running) process.kill(pid, "SIGTERM");
  await until(
    () => !running.some(isRunning),
    STOP_MS,
    () => "",
  ).catch(() => {
    for (const server of running.filter(isRunning)) process.kill(server.pid, "SIGKILL");
  });
}

function allAnswer(servers) {
  return clusterReady(servers.map(({ monitor }) => `http://127.0.0.1:${monitor}`));
}

async function until(ready, milliseconds, message) {
  const deadline = Date.now() + milliseconds;
  while (!(await ready())) {
    if (Date.now() > deadline) throw new Trouble(message());
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

module.exports = { startCluster, stopCluster, removeCluster, readServers, urls };
