const { parseArgs } = require("node:util");
const { Trouble } = require("../tools/lib/say");

const PARTS = ["preflight", "policies", "cdk8s", "engine", "own"];
const USAGE = `Usage: npm run bench -- [--only ${PARTS.join("|")}] [--sizes 100,500] [--json]`;

const OPTIONS = {
  only: { type: "string" },
  sizes: { type: "string" },
  json: { type: "boolean", default: false },
};

/** What to measure: the parts, the numbers of streams where they are not each part's own, and how to report. */
function readOptions(args) {
  const { only, sizes, json } = parse(args);
  if (only !== undefined && !PARTS.includes(only)) throw new Trouble(`--only must be one of its parts. ${USAGE}`);
  const counts = sizes?.split(",").map(Number);
  if (counts?.some((count) => !Number.isInteger(count) || count < 1))
    throw new Trouble(`--sizes must be numbers of streams. ${USAGE}`);
  return { parts: only ? [only] : PARTS, sizes: counts, json };
}

function parse(args) {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    throw new Trouble(`${error.message}. ${USAGE}`);
  }
}

module.exports = { readOptions };
