const { step } = require("../../tools/lib/say");
const { rounded, timed } = require("../measure");
const { silent } = require("./silent");
const { judgedTopology } = require("./topology");

const SIZES = [1_000, 10_000];
const MOST_SECONDS = 5;

/**
 * How long the rules take on streams with a consumer each: as a function, and through the SDK as the engine asks a pack, beside
 * the SDK alone.
 */
async function measurePolicies({ sizes = SIZES }) {
  await measureSize(Math.min(200, ...sizes));
  const rows = [];
  for (const streams of sizes) {
    const title = `all rules on ${streams.toLocaleString("en-US")} streams and as many consumers`;
    const row = await step(title, "", () => measureSize(streams));
    const before = rows.at(-1);
    const growth = (key) => before && rounded(row[key] / before[key] / (row.streams / before.streams));
    rows.push({ ...row, checkGrowth: growth("checkMs"), packGrowth: growth("packMs") });
  }
  return { rows, mostSeconds: MOST_SECONDS };
}

async function measureSize(streams, chosen) {
  const { check, pulumiPolicies, rules: own } = require("../../dist/policies/index.js");
  const rules = chosen ?? own;
  const topology = judgedTopology(streams);
  const checked = await timed(() => check({ topology }, { rules }));
  const shown = pulumiPolicies(rules);
  const sdk = await askPack(silent(shown), topology, () => {});
  const { hearQuestions } = require("../../dist/policies/pulumi/hear-questions.js");
  const questions = hearQuestions();
  const pack = await askPack(pulumiPolicies(rules, { questions }), topology, questions.hear);
  return {
    streams,
    rules: rules.length,
    findings: checked.result.findings.length,
    violations: pack.violations,
    checkMs: rounded(checked.wall),
    eachMs: rounded(pack.eachMs),
    stackMs: rounded(pack.stackMs),
    packMs: rounded(pack.eachMs + pack.stackMs),
    sdkMs: rounded(sdk.eachMs + sdk.stackMs),
  };
}

// As the engine does: every resource by itself, one after the other, then all of them.
async function askPack(policies, topology, hear) {
  const { eachOf, wholeOf } = require("./requests");
  let [violations, eachMs] = [0, 0];
  for (const request of eachOf(topology)) {
    const one = await timed(() => ask("makeAnalyzeRpcFun", policies, request, hear));
    violations += one.result;
    eachMs += one.wall;
  }
  const request = wholeOf(topology);
  const whole = await timed(() => ask("makeAnalyzeStackRpcFun", policies, request, hear));
  return { violations: violations + whole.result, eachMs, stackMs: whole.wall };
}

function ask(make, policies, request, hear) {
  hear(request);
  const answer = require("@pulumi/policy/server")[make]("headwater", "0.0.0", "advisory", policies);
  return new Promise((resolve, reject) => {
    const done = (error, response) => (error ? reject(error) : resolve(response.getDiagnosticsList().length));
    // Every request of the engine's comes in a turn of its own.
    setImmediate(() => answer({ request }, done));
  });
}

module.exports = { measurePolicies, measureSize };
