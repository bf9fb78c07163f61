const { step } = require("../../tools/lib/say");
const { median, rounded, timed } = require("../measure");

const SIZES = [500, 1_000, 2_000];
const RUNS = 3;
/** Charts an app spreads its streams over: cdk8s validates the whole app for each of them. */
const CHARTS = [1, 10];

/** How long an app of streams takes from its constructors to its YAML, and how that grows. */
async function measureCdk8s({ sizes = SIZES }) {
  const rows = [];
  for (const charts of CHARTS) rows.push(...(await measureCharts(charts, sizes)));
  return rows;
}

async function measureCharts(charts, sizes) {
  await measure(Math.min(200, ...sizes), charts);
  const rows = [];
  for (const streams of sizes) {
    const title = `cdk8s app of ${streams.toLocaleString("en-US")} streams in ${charts} charts, ${RUNS} times`;
    const row = await step(title, "", () => measure(streams, charts));
    const before = rows.at(-1);
    rows.push({ ...row, ...(before && { growth: rounded(row.ms / before.ms / (row.streams / before.streams)) }) });
  }
  return rows;
}

async function measure(streams, charts) {
  const runs = [];
  for (let i = 0; i < RUNS; i++) {
    const made = await timed(() => makeApp(streams, charts));
    const synth = await timed(() => made.result.synthYaml());
    const plain = await timed(() => plainApp(made.result).synthYaml());
    runs.push({ ms: made.wall + synth.wall, synthMs: synth.wall, sdkMs: plain.wall });
  }
  const of = (key) => median(runs.map((run) => run[key]));
  const figures = { ms: rounded(of("ms")), synthMs: rounded(of("synthMs")), sdkMs: rounded(of("sdkMs")) };
  return { streams, charts, ...figures, usPerStream: rounded((of("ms") * 1_000) / streams) };
}

function makeApp(streams, count) {
  const { App, Chart } = require("cdk8s");
  const hw = require("../../dist/constructs/cdk8s");
  const app = new App();
  hw.setDefaults(app, { connection: { account: "nats" } });
  const charts = Array.from({ length: count }, (_, i) => new Chart(app, `chart-${i}`));
  for (let i = 0; i < streams; i++) {
    const props = { subjects: [`orders.n${i}.>`], replicas: 3, maxAge: "7d", maxBytes: "1GiB" };
    new hw.Stream(charts[i % count], `ORDERS_${i}`, props);
  }
  return app;
}

/** The same objects without our constructs. */
function plainApp(app) {
  const { ApiObject, App, Chart } = require("cdk8s");
  const plain = new App();
  for (const chart of app.charts) {
    const copy = new Chart(plain, chart.node.id);
    const objects = chart.node.findAll().filter((each) => ApiObject.isApiObject(each));
    for (const [i, object] of objects.entries()) new ApiObject(copy, `object-${i}`, object.toJson());
  }
  return plain;
}

module.exports = { measureCdk8s };
