const path = require("node:path");
const { parseArgs } = require("node:util");
const { build, dependencies } = require("./dependencies");
const { DEFAULT, natsServer } = require("./nats-server");
const paths = require("./paths");
const { runTypeScript } = require("./run-typescript");
const { main, step, Trouble } = require("./say");

const USAGE = "npm run fuzz -- [--count 1000] [--seed N] [--server-version 2.15.1] [--cluster | --clusters]";
const LARGEST_SEED = 2_147_483_647;
const INTERRUPTED = 130;

/** `npm run fuzz`: preflight against a real server on random topologies, or on random clusters. */
async function fuzz() {
  const options = readOptions();
  await dependencies();
  await build();
  await natsServer(options.version);
  runTypeScript();
  const { run, what } = oracles[options.clusters ? "clusters" : "topologies"]();
  const where = options.servers === 1 ? "" : ", cluster of 3";
  const title = `${options.count} ${what} on nats-server ${options.version}${where}, seed ${options.seed}`;
  const { disagreements, stopped, line } = await step(title, "", () => run(options), { prints: true });
  console.log(line);
  process.exitCode = stopped ? INTERRUPTED : disagreements > 0 ? 1 : 0;
}

const oracle = (...file) => require(path.join(paths.root, "test", "oracle", ...file));
const oracles = {
  topologies: () => ({ what: "topologies", run: oracle("fuzz.ts").fuzz }),
  clusters: () => ({ what: "clusters", run: oracle("clusters", "fuzz-clusters.ts").fuzzClusters }),
};

function readOptions() {
  const text = { type: "string" };
  const flags = {
    count: text,
    seed: text,
    "server-version": text,
    cluster: { type: "boolean" },
    clusters: { type: "boolean" },
  };
  const { values } = parsed(flags);
  return {
    count: whole("--count", values.count ?? "1000"),
    seed: whole("--seed", values.seed ?? String(Math.floor(Math.random() * LARGEST_SEED))),
    version: values["server-version"] ?? DEFAULT,
    servers: values.cluster ? 3 : 1,
    clusters: values.clusters === true,
  };
}

function parsed(options) {
  try {
    return parseArgs({ options });
  } catch (error) {
    throw new Trouble(`${error.message}\nUsage: ${USAGE}`);
  }
}

function whole(name, text) {
  if (!/^\d{1,10}$/.test(text) || Number(text) > LARGEST_SEED)
    throw new Trouble(`${name} must be a whole number, got "${text}"\nUsage: ${USAGE}`);
  return Number(text);
}

main(fuzz);
