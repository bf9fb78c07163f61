const fs = require("node:fs");
const { hasCluster, removeCluster, startCluster, urls } = require("./local-cluster");
const { dependencies, build } = require("./dependencies");
const { configure, localStack, STACK } = require("./local-stack");
const { natsServer } = require("./nats-server");
const paths = require("./paths");
const { main, step, Trouble } = require("./say");

/** `npm run down`: the stack and the servers with all their data. Nothing but this local cluster is touched. */
async function down() {
  if (!fs.existsSync(paths.pulumi) && !hasCluster()) {
    console.log("Nothing is up.");
    return;
  }
  await dependencies();
  await build();
  const stack = await localStack();
  if (stack.quiet("stack", "--stack", STACK, "--show-name") !== undefined) await destroy(stack);
  const running = await removeCluster();
  fs.rmSync(paths.pulumi, { recursive: true, force: true });
  console.log(
    `${running === 0 ? "No server was running" : `${running} servers stopped`}; the local cluster's data is removed. npm run up brings it back, empty.`,
  );
}

async function destroy(stack) {
  const { servers } = await startCluster(await natsServer());
  configure(stack, urls(servers));
  // The cluster is a throw-away: its messages go too, which a destroy elsewhere refuses.
  stack.env.HEADWATER_ALLOW_DELETE = "*";
  const flags = ["--yes", "--skip-preview", "--suppress-permalink=true", "--non-interactive"];
  const destroyed = () => stack.pulumi("destroy", "--stack", STACK, "--config-file", stack.configFile, ...flags);
  const { code } = await step(`pulumi destroy: stack ${STACK}`, "about 5 s", destroyed, { prints: true });
  if (code !== 0) throw new Trouble("pulumi destroy failed: its message is above.");
}

main(down);
