const { dependencies, build } = require("./dependencies");
const { startCluster, urls } = require("./local-cluster");
const { configure, localStack, STACK } = require("./local-stack");
const { natsServer } = require("./nats-server");
const { bold, dim, main, step, Trouble } = require("./say");

/** `npm run up`: three local servers, and the persistence design on them. */
async function up() {
  await dependencies();
  await build();
  const server = await natsServer();
  const stack = await localStack();
  const { servers, started } = await step("local cluster: three nats-servers with JetStream", "about 5 s", () =>
    startCluster(server),
  );
  console.log(dim(`  ${started ? "started" : "running already"}: ${urls(servers)}`));
  configure(stack, urls(servers));
  const { code, unchanged } = await step(`pulumi up: stack ${STACK}`, "about 10 s", () => apply(stack), {
    prints: true,
  });
  if (code !== 0) throw new Trouble("pulumi up failed: its message is above. Running `npm run up` again is safe.");
  if (unchanged) console.log(bold("  Nothing to change: the servers have what the program says."));

  const { printAssets } = require("./assets-table");
  console.log();
  await printAssets(urls(servers));
  console.log(`
${bold("Next")}
  npm run up      ${dim("again: changes nothing, and says so; after an edit of stacks/persistence-design.ts it applies the edit")}
  npm test        ${dim("every check, on servers of its own")}
  npm run down    ${dim("destroys the stack and stops the servers")}`);
}

const FLAGS = ["--yes", "--skip-preview", "--suppress-permalink=true", "--suppress-outputs", "--non-interactive"];

async function apply(stack) {
  const { code, text } = await stack.pulumi("up", "--stack", STACK, "--config-file", stack.configFile, ...FLAGS);
  return { code, unchanged: !/^\s+[-+~]+ \d+ /m.test(text) };
}

main(up);
