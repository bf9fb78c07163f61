const { step } = require("../../tools/lib/say");
const { median, rounded } = require("../measure");
const { startServer } = require("../server");
const { buildProgram } = require("./constructor");
const { driveHandler, openHandler } = require("./handler");

const SIZE = 500;
const WARM_UP = 2;
const ROUNDS = 7;
/** More than this for a stream, all together, would be felt beside the engine's own part. */
const MOST_US = 2_000;

/** What Headwater itself takes for one stream, apart from Pulumi and the server. */
async function measureOwn({ sizes = [SIZE] }) {
  const count = sizes[0];
  const server = await startServer();
  try {
    const title = `Headwater's own part: ${ROUNDS} programs of ${count} streams`;
    const rounds = await step(title, "about 30 s", () => run(server, count));
    return report(rounds, count);
  } finally {
    const { closeConnections } = require("../../dist/provider/connection.js");
    await closeConnections();
    await server.stop();
  }
}

async function run(server, count) {
  const handler = await openHandler(server);
  const rounds = [];
  for (let i = 0; i < WARM_UP + ROUNDS; i++) {
    const built = await buildProgram(count, i, rounds[0]?.props);
    rounds.push({ ...built, ...(await driveHandler(handler, built.props)) });
  }
  return rounds.slice(WARM_UP);
}

const NONE = { wall: 0, cpu: 0 };

/** Each part: what was timed, and what of it belongs to others. */
const PARTS = [
  ["constructor", "Pulumi", ({ ours, bare }) => [ours, bare]],
  ["check, new", "", ({ fresh }) => [fresh, NONE]],
  ["check, unchanged", "", ({ again }) => [again, NONE]],
  ["diff", "", ({ diff }) => [diff, NONE]],
  ["create", "server and client", ({ create, roundTrips, replay }) => [create, { wall: roundTrips, cpu: replay.cpu }]],
];

function report(rounds, count) {
  const us = (figures) => (median(figures) * 1_000) / count;
  const parts = PARTS.map(([part, others, split]) => {
    const pairs = rounds.map(split);
    return {
      part,
      others,
      totalUs: us(pairs.map(([all]) => all.wall)),
      othersUs: us(pairs.map(([, rest]) => rest.wall)),
      ownUs: us(pairs.map(([all, rest]) => all.wall - rest.wall)),
      ownCpuUs: us(pairs.map(([all, rest]) => all.cpu - rest.cpu)),
    };
  });
  const sum = (key) => rounded(parts.reduce((total, part) => total + part[key], 0));
  const [ownUs, ownCpuUs] = [sum("ownUs"), sum("ownCpuUs")];
  return {
    streams: count,
    rounds: rounds.length,
    requestsPerCreate: rounds[0].requests / count,
    parts: parts.map((part) => Object.fromEntries(Object.entries(part).map(([key, value]) => [key, shown(value)]))),
    ownUs,
    ownCpuUs,
    mostUs: MOST_US,
    within: Math.max(ownUs, ownCpuUs) <= MOST_US,
  };
}

function shown(value) {
  return typeof value === "number" ? rounded(value) : value;
}

module.exports = { measureOwn };
