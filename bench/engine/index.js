const { bold, step, Trouble } = require("../../tools/lib/say");
const { median, rounded, timed } = require("../measure");
const { startServer, withConnection } = require("../server");
const { measureDirect, request } = require("./direct");
const { createProject } = require("./project");

const SIZES = [100, 500];
const NO_CHECKPOINTS = { PULUMI_SKIP_CHECKPOINTS: "true" };

/** What each phase runs, and what the server must have afterwards: a run that did nothing is not a fast one. */
const PHASES = [
  { phase: "create", command: "up", left: (count) => ({ streams: count, days: 7 }) },
  { phase: "unchanged", command: "up", flags: ["--expect-no-changes"], left: (count) => ({ streams: count, days: 7 }) },
  {
    phase: "refresh",
    command: "refresh",
    flags: ["--expect-no-changes"],
    left: (count) => ({ streams: count, days: 7 }),
  },
  { phase: "change", command: "up", changed: true, left: (count) => ({ streams: count, days: 8 }) },
  { phase: "destroy", command: "destroy", left: () => ({ streams: 0 }) },
  { phase: "create", command: "up", env: NO_CHECKPOINTS, left: (count) => ({ streams: count, days: 7 }) },
  { phase: "destroy", command: "destroy", env: NO_CHECKPOINTS, left: () => ({ streams: 0 }) },
];
// The requests alone take a fraction of a second: measured before, between and after, where no stream is left.
const EMPTY_BEFORE = new Set([0, 5]);

/** The phases of a stack's life through Pulumi's engine, beside the same on the JetStream API alone. */
async function measureEngine({ sizes = SIZES }) {
  const server = await startServer();
  try {
    const rows = [];
    for (const count of sizes) rows.push(...(await measureSize(server, count)));
    return rows.map((row, i) => ({ ...row, ...further(row, rows[i - PHASES.length]) }));
  } finally {
    await server.stop();
  }
}

async function measureSize(server, count) {
  const project = await createProject(server);
  const direct = [];
  const engine = [];
  for (const [i, phase] of PHASES.entries()) {
    if (EMPTY_BEFORE.has(i)) direct.push(await measureDirect(server, count));
    engine.push(
      await step(titleOf(phase, count), `up to ${5 + Math.ceil(count / 20)} s`, () =>
        runPhase(server, project, phase, count),
      ),
    );
  }
  direct.push(await measureDirect(server, count));
  return PHASES.map((phase, i) => rowOf(phase, count, engine[i], median(direct.map((times) => times[phase.phase]))));
}

async function runPhase(server, project, { phase, command, flags, env, changed = false, left }, count) {
  project.program(count, changed);
  const { wall } = await timed(() => project.run(command, flags, env));
  await expectLeft(server, phase, left(count));
  return wall;
}

async function expectLeft(server, phase, { streams, days }) {
  await withConnection(server, async (nc) => {
    const info = await request(nc, "INFO");
    const age = days && (await request(nc, "STREAM.INFO.BENCH_0")).config.max_age / 86_400e9;
    if (info.streams !== streams || age !== days)
      throw new Trouble(`After ${phase} the server has ${info.streams} streams, the first kept for ${age} days.`);
  });
}

function rowOf({ phase, env }, count, engineMs, directMs) {
  return {
    streams: count,
    phase,
    checkpoints: env === undefined,
    engineSeconds: rounded(engineMs / 1_000),
    msPerResource: rounded(engineMs / count),
    directSeconds: rounded(directMs / 1_000),
    directMsPerStream: rounded(directMs / count),
    ratio: rounded(engineMs / directMs),
  };
}

// What one more resource costs: the difference between two sizes, without what every command costs.
function further(row, smaller) {
  if (!smaller || smaller.streams >= row.streams) return {};
  const milliseconds = (row.engineSeconds - smaller.engineSeconds) * 1_000;
  return { msPerFurther: rounded(milliseconds / (row.streams - smaller.streams)) };
}

function titleOf({ phase, command, env }, count) {
  const what = phase === command ? "" : `${phase}, `;
  return `${bold(`pulumi ${command}`)}: ${what}${count} streams${env ? ", without checkpoints" : ""}`;
}

module.exports = { measureEngine };
