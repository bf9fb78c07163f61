const { build, dependencies } = require("../tools/lib/dependencies");
const { main, sayOnStandardError } = require("../tools/lib/say");
const { isStopping, sweep } = require("./leftovers");
const { readOptions } = require("./options");

/** `npm run bench`: what preflight, the rules, the engine and Headwater's own part cost, measured here and now. */
async function bench() {
  const options = readOptions(process.argv.slice(2));
  if (options.json) sayOnStandardError();
  await dependencies();
  await build();
  const parts = {
    preflight: () => require("./preflight").measurePreflight(options),
    policies: () => require("./policies").measurePolicies(options),
    cdk8s: () => require("./cdk8s").measureCdk8s(options),
    engine: () => require("./engine").measureEngine(options),
    own: () => require("./own").measureOwn(options),
  };
  try {
    const report = { machine: await require("./machine").machine(options.parts) };
    for (const part of options.parts) report[part] = await parts[part]();
    console.log(options.json ? JSON.stringify(report, null, 2) : `\n${require("./tables").asText(report)}`);
  } catch (error) {
    if (!isStopping()) throw error;
  } finally {
    await sweep();
  }
}

main(bench);
