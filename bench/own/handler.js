const { timed } = require("../measure");
const { request } = require("../engine/direct");

/** The real handler of streams on one server, and its connection with every request timed and kept. */
async function openHandler({ url }) {
  const { stream } = require("../../dist/provider/index.js");
  const { connection } = require("../../dist/provider/connection.js");
  const { readSettings } = require("../../dist/provider/settings.js");
  const get = (key) => (key === "nats:servers" ? url : undefined);
  await stream.configure({ config: { get } });
  const nc = await connection(readSettings(get).settings);
  const log = { ms: 0, sent: [] };
  const send = nc.request.bind(nc);
  nc.request = async (subject, payload, options) => {
    const started = performance.now();
    try {
      return await send(subject, payload, options);
    } finally {
      log.ms += performance.now() - started;
      log.sent.push([subject, payload, options]);
    }
  };
  return { stream, nc, log, send };
}

/** One life of every stream, method by method and one call at a time, as the engine makes them. */
async function driveHandler({ stream, nc, log, send }, props) {
  Object.assign(log, { ms: 0, sent: [] });
  const fresh = await timed(() => inTurn(props, (inputs) => stream.check({}, inputs)));
  const checked = fresh.result.map(({ inputs }) => inputs);
  const create = await timed(() => inTurn(checked, (inputs) => stream.create(inputs)));
  const sent = [...log.sent];
  const roundTrips = log.ms;
  const again = await timed(() => inTurn(props, (inputs, i) => stream.check(checked[i], inputs)));
  const states = create.result;
  const diff = await timed(() => inTurn(states, ({ id, outs }, i) => stream.diff(id, outs, checked[i])));
  await removeAll(nc, props);
  // The same requests without the handler: what the client and the server take of this process's time.
  const replay = await timed(() => inTurn(sent, (parts) => send(...parts)));
  await removeAll(nc, props);
  return { fresh, again, diff, create, roundTrips, replay, requests: sent.length };
}

async function inTurn(items, work) {
  const results = [];
  for (const [i, item] of items.entries()) results.push(await work(item, i));
  return results;
}

async function removeAll(nc, props) {
  for (const { name } of props) await request(nc, `STREAM.DELETE.${name}`);
}

module.exports = { openHandler, driveHandler };
