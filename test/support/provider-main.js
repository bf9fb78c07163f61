// A provider in a process of its own, as the engine runs it: the compiled package, with what Node itself loads.
const [, , entry] = process.argv;
const handlers = require(entry);

process.on("message", async ({ id, kind, method, args }) => {
  try {
    const given = method === "configure" ? [{ config: { get: (key) => args[0][key] } }] : args;
    process.send({ id, result: await handlers[kind][method](...given) });
  } catch ({ message, stack }) {
    process.send({ id, error: message, stack });
  }
});
