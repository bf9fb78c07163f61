const { step } = require("../../tools/lib/say");
const { median, rounded, timed } = require("../measure");
const { assetsOf, largeTopology } = require("./topology");

const SIZES = [1_000, 10_000, 100_000];
const RUNS = 5;
const WARM_UP = 1_000;

/** How long preflight takes with the number of assets: the median of several runs, and how it grows. */
async function measurePreflight({ sizes = SIZES }) {
  const usual = await measureMix("usual", sizes);
  return [...usual, ...(await measureMix("crossing", sizes))];
}

async function measureMix(mix, sizes) {
  const { preflight } = require("../../dist/preflight/preflight.js");
  const warm = largeTopology(Math.min(WARM_UP, ...sizes), mix);
  for (let i = 0; i < RUNS; i++) preflight(warm);
  const rows = [];
  for (const streams of sizes) {
    const title = `preflight of ${streams.toLocaleString("en-US")} streams, ${mix} subjects, ${RUNS} times`;
    const row = await step(title, about(streams), () => measure(preflight, mix, streams));
    const before = rows.at(-1);
    rows.push({ ...row, ...(before && { growth: rounded(row.ms / before.ms / (row.assets / before.assets)) }) });
  }
  return rows;
}

function about(streams) {
  return streams < 10_000 ? "" : `about ${Math.round(streams / 2_500)} s`;
}

async function measure(preflight, mix, streams) {
  const topology = largeTopology(streams, mix);
  const assets = assetsOf(topology);
  const runs = [];
  for (let i = 0; i < RUNS; i++) {
    const { wall, result } = await timed(() => preflight(topology));
    runs.push({ wall, findings: result.length });
  }
  const ms = median(runs.map(({ wall }) => wall));
  const { findings } = runs[0];
  return { mix, streams, assets, findings, runs: RUNS, ms: rounded(ms), usPerAsset: rounded((ms * 1_000) / assets) };
}

module.exports = { measurePreflight };
