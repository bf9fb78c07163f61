const { timed } = require("../measure");

/**
 * Builds a program's streams against Pulumi's mocks, and the same resources without Headwater: the difference is ours.
 * Answers the times of each, and the inputs the streams were registered with.
 */
async function buildProgram(count, round) {
  const pulumi = require("@pulumi/pulumi");
  const hw = require("../../dist/index.js");
  const inputs = new Map();
  const newResource = (args) => {
    inputs.set(args.name, args.inputs);
    return { id: args.name, state: args.inputs };
  };
  await pulumi.runtime.setMocks({ newResource, call: ({ inputs: given }) => given }, "bench", "bench");
  const build = (make) => timed(() => Promise.all(Array.from({ length: count }, (_, i) => registered(make(i)))));

  // A provider of its own gives each round a program of its own.
  const provider = new hw.Provider(`round-${round}`, { servers: "nats://localhost:4222" });
  const names = Array.from({ length: count }, (_, i) => `BENCH_${i}`);
  const stream = (i) =>
    new hw.Stream(names[i], { subjects: [`bench.n${i}.>`], maxAge: "7d", maxBytes: "1MiB" }, { provider });
  const ours = await build(stream);
  const props = names.map((name) => inputs.get(name));
  const type = "pulumi-nodejs:dynamic/nats:Stream";
  const bare = await build((i) => new pulumi.CustomResource(type, names[i], { ...props[i] }, { provider }));
  return { ours, bare, props };
}

function registered(resource) {
  return new Promise((resolve) => resource.urn.apply(resolve));
}

module.exports = { buildProgram };
