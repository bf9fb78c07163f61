const { timed } = require("../measure");

const TYPE = "pulumi-nodejs:dynamic/nats:Stream";

/**
 * Builds a program's streams against Pulumi's mocks, and the same resources without Headwater: the difference is ours.
 * Answers the times of each, and the inputs the streams were registered with. Given those of an earlier round, every
 * second round begins with the bare ones, so that neither profits from its turn.
 */
async function buildProgram(count, round, known) {
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
  const bareOne = (props) => (i) => new pulumi.CustomResource(TYPE, names[i], { ...props[i] }, { provider });
  const early = known && round % 2 === 1 ? await build(bareOne(known)) : undefined;
  const ours = await build(stream);
  const props = known ?? names.map((name) => inputs.get(name));
  return { ours, bare: early ?? (await build(bareOne(props))), props };
}

function registered(resource) {
  return new Promise((resolve) => resource.urn.apply(resolve));
}

module.exports = { buildProgram };
