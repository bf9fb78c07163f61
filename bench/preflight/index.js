const { step } = require("../../tools/lib/say");
const { median, rounded, timed } = require("../measure");
const { assetsOf, largeTopology } = require("./topology");

const SIZES = [1_000, 10_000, 100_000];
const RUNS = 5;
const WARM_UP = 1_000;

/** How long preflight takes with the number of assets: the median of several runs, and how it grows. */
async function measurePreflight({ sizes = SIZES }) {
  const { preflight } = require("../../dist/preflight/preflight.js");
  const warm = largeTopology(Math.min(WARM_UP, Math.max(...sizes)));
  for (let i = 0; i < RUNS; i++) preflight(warm);
  const rows = [];
  for (const streams of sizes) {
    const title = `preflight of ${streams.toLocaleString("en-US")} streams, ${RUNS} times`;
    const row = await step(title, "", () => measure(preflight, streams));
    const before = rows.at(-1);
    rows.push({ ...row, ...(before && { growth: rounded(row.ms / before.ms / (row.assets / before.assets)) }) });
  }
  return rows;
}

async function measure(preflight, streams) {
  const topology = largeTopology(streams);
  const assets = assetsOf(topology);
  const runs = [];
  for (let i = 0; i < RUNS; i++) runs.push(await timed(() => preflight(topology)));
  const ms = median(runs.map(({ wall }) => wall));
  const findings = runs[0].result.length;
  return { streams, assets, findings, runs: RUNS, ms: rounded(ms), usPerAsset: rounded((ms * 1_000) / assets) };
}

module.exports = { measurePreflight };
