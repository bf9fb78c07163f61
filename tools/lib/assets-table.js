const Table = require("cli-table3");
const { jetstreamManager } = require("@nats-io/jetstream");
const { connect } = require("@nats-io/transport-node");

const HEAD = { style: { head: process.stdout.isTTY ? ["cyan"] : [], border: [] } };

/** Prints what is really on the servers: every stream and consumer, as the JetStream API answers. */
async function printAssets(servers) {
  const nc = await connect({ servers: servers.split(",") });
  try {
    const jsm = await jetstreamManager(nc);
    const streams = await jsm.streams.list().next();
    const consumers = (await Promise.all(streams.map(({ config }) => jsm.consumers.list(config.name).next()))).flat();
    const byName = (a, b) => (a.config.name < b.config.name ? -1 : 1);
    console.log(streamTable(streams.sort(byName)).toString());
    console.log(
      consumerTable(
        consumers.sort((a, b) => a.stream_name.localeCompare(b.stream_name) || a.name.localeCompare(b.name)),
      ).toString(),
    );
  } finally {
    await nc.close();
  }
}

function streamTable(streams) {
  const table = new Table({
    head: ["Stream", "Subjects", "Storage", "Replicas", "Max age", "Max bytes", "Messages"],
    ...HEAD,
  });
  for (const { config, state, cluster } of streams) {
    const current = 1 + (cluster?.replicas ?? []).filter((replica) => replica.current).length;
    const replicas = `${config.num_replicas} (${current} current)`;
    table.push([
      config.name,
      (config.subjects ?? []).join("\n"),
      config.storage,
      replicas,
      age(config.max_age),
      size(config.max_bytes),
      state.messages,
    ]);
  }
  return table;
}

function consumerTable(consumers) {
  const table = new Table({
    head: ["Consumer", "Stream", "Mode", "Ack", "Max in flight", "Backoff", "Pending"],
    ...HEAD,
  });
  for (const { stream_name, name, config, num_pending } of consumers) {
    const mode = config.deliver_subject ? `push to ${config.deliver_subject}` : "pull";
    const backoff = (config.backoff ?? []).map((nanoseconds) => `${nanoseconds / 1e6} ms`).join(", ");
    table.push([name, stream_name, mode, config.ack_policy, config.max_ack_pending, backoff, num_pending]);
  }
  return table;
}

function age(nanoseconds) {
  const hours = nanoseconds / 3.6e12;
  return nanoseconds === 0 ? "unlimited" : hours % 24 === 0 && hours > 24 ? `${hours / 24} d` : `${hours} h`;
}

function size(bytes) {
  return bytes < 0 ? "unlimited" : `${(bytes / 2 ** 20).toLocaleString("en-US")} MiB`;
}

module.exports = { printAssets };
