const { Trouble } = require("../../tools/lib/say");
const { timed } = require("../measure");
const { withConnection } = require("../server");

/** As many requests under way as the provider allows itself. */
const IN_FLIGHT = 32;
const DAY_NS = 86_400 * 1e9;

const nameOf = (i) => `BENCH_${i}`;
const configOf = (i, days) => ({
  name: nameOf(i),
  subjects: [`bench.n${i}.>`],
  max_age: days * DAY_NS,
  max_bytes: 2 ** 20,
  storage: "file",
});

/** The phases of an engine run as plain requests, in their order. A run that changes nothing has to read to know it. */
const PHASES = {
  create: (i) => [`STREAM.CREATE.${nameOf(i)}`, configOf(i, 7)],
  unchanged: (i) => [`STREAM.INFO.${nameOf(i)}`],
  refresh: (i) => [`STREAM.INFO.${nameOf(i)}`],
  change: (i) => [`STREAM.UPDATE.${nameOf(i)}`, configOf(i, 8)],
  destroy: (i) => [`STREAM.DELETE.${nameOf(i)}`],
};

/** Milliseconds of each phase, straight on the JetStream API: many requests at once over one connection. */
function measureDirect(server, count) {
  return withConnection(server, async (nc) => {
    const times = {};
    for (const [phase, requestOf] of Object.entries(PHASES)) {
      const indexes = Array.from({ length: count }, (_, i) => i).filter((i) => phase !== "change" || i % 10 === 0);
      times[phase] = (await timed(() => pipelined(nc, indexes.map(requestOf)))).wall;
    }
    return times;
  });
}

async function pipelined(nc, requests) {
  let next = 0;
  const worker = async () => {
    while (next < requests.length) {
      const [subject, body] = requests[next++];
      await request(nc, subject, body);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
}

/** One request to the JetStream API; what it refuses ends the run. */
async function request(nc, subject, body) {
  const message = await nc.request(`$JS.API.${subject}`, body === undefined ? undefined : JSON.stringify(body), {
    timeout: 60_000,
  });
  const reply = message.json();
  if (reply.error) throw new Trouble(`${subject}: ${reply.error.description}`);
  return reply;
}

module.exports = { measureDirect, request, IN_FLIGHT };
