const fs = require("node:fs");
const path = require("node:path");
const { build, dependencies } = require("./dependencies");
const { natsServer, VERSIONS } = require("./nats-server");
const paths = require("./paths");
const { pulumiTools } = require("./pulumi-tools");
const { shown } = require("./run");
const { main, step } = require("./say");
const { JEST_CACHE, withTemporary } = require("./temporary");

const SUITES = [
  "accounts",
  "cluster-edits",
  "cluster-oracle",
  "cluster-servers",
  "edits",
  "edits-inert",
  "encryption",
  "fields",
  "forming",
  "render-conf",
  "render-servers",
  "roles",
];

/** `npm run test:servers`: the suites whose answers depend on the server, on the newest release of each supported series. */
async function testServers() {
  await dependencies();
  await build();
  await pulumiTools();
  for (const version of VERSIONS) await natsServer(version);
  const jest = path.join(paths.root, "node_modules", "jest", "bin", "jest.js");
  const summary = path.join(paths.home, "edits.txt");
  fs.rmSync(summary, { force: true });
  const wanted = { HEADWATER_TEST_VERSIONS: VERSIONS.join(","), HEADWATER_TEST_SUMMARY: summary };
  const args = [
    jest,
    JEST_CACHE,
    "--selectProjects",
    "integration",
    "--testPathPatterns",
    `test/integration/(${SUITES.join("|")})\\.test`,
  ];
  const run = () =>
    withTemporary((env) => shown(process.execPath, args, { cwd: paths.root, env: { ...env, ...wanted } }));
  const { code } = await step(`fields, edits, clusters and logins on ${VERSIONS.join(", ")}`, "about 20 min", run, {
    prints: true,
  });
  if (fs.existsSync(summary)) console.log(fs.readFileSync(summary, "utf8").trim());
  process.exitCode = code;
}

main(testServers);
