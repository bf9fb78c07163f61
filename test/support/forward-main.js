// Forwards a port to a Service in a process of its own, as the provider does: the compiled package, with what Node loads.
const [, , entry, target] = process.argv;

// The listener alone does not keep a process.
setInterval(() => {}, 60_000);
require(entry)
  .openPortForward(JSON.parse(target))
  .then(
    ({ port }) => process.send({ port }),
    ({ message }) => process.send({ error: message }),
  );
