const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { build, dependencies } = require("./dependencies");
const { headwaterImage } = require("./headwater-image");
const { natsServer } = require("./nats-server");
const paths = require("./paths");
const { pulumiTools } = require("./pulumi-tools");
const { onPath, shown } = require("./run");
const { dim, main, step, Trouble } = require("./say");

const script = path.join(paths.root, "tools", "kubernetes", "cluster.sh");
const home = process.env.HEADWATER_K8S ?? path.join(os.homedir(), ".cache", "headwater-kubernetes");

/**
 * `npm run test:kubernetes`: everything that is rendered for Kubernetes, on a real one: that KUBECONFIG names, or one
 * started here. HEADWATER_NATS_CHART is a folder of the official chart, HEADWATER_NACK_CRDS and HEADWATER_ARGO_CRDS are
 * files or folders of NACK's and Argo Events' definitions, HEADWATER_IMAGE is an image of the package.
 */
async function testKubernetes() {
  await dependencies();
  await build();
  await natsServer();
  await pulumiTools();
  const own = process.env.KUBECONFIG === undefined;
  const kubeconfig = process.env.KUBECONFIG ?? (await startKubernetes());
  const image =
    process.env.HEADWATER_IMAGE ??
    (own ? await step("headwater: an image of the package", "about 10 s", () => headwaterImage(script)) : undefined);
  const bin = path.join(home, "bin");
  const env = {
    ...process.env,
    KUBECONFIG: kubeconfig,
    PATH: [process.env.PATH, bin].join(path.delimiter),
    HEADWATER_TEST_KUBERNETES: "1",
    ...(image && { HEADWATER_IMAGE: image }),
  };
  for (const lack of lacks(env)) console.log(dim(`  ${lack}`));
  const jest = path.join(paths.root, "node_modules", "jest", "bin", "jest.js");
  const args = [jest, "--selectProjects", "kubernetes", "--runInBand", ...process.argv.slice(2)];
  const run = () => shown(process.execPath, args, { cwd: paths.root, env });
  const { code } = await step("clusters on Kubernetes", "about 15 min", run, { prints: true });
  process.exitCode = code;
}

function lacks(env) {
  const chart = env.HEADWATER_NATS_CHART;
  return [
    chart && fs.existsSync(chart)
      ? undefined
      : "skipped: everything that installs the chart. Set HEADWATER_NATS_CHART to a folder of the nats chart.",
    onPath("pulumi-resource-kubernetes") || fs.existsSync(path.join(home, "bin", "pulumi-resource-kubernetes"))
      ? undefined
      : "skipped: what runs the component. Put pulumi-resource-kubernetes on PATH.",
    lack(env, "HEADWATER_NACK_CRDS", "NACK's controller", "deploy/crds.yml of NACK"),
    lack(env, "HEADWATER_ARGO_CRDS", "Argo Events' controller", "manifests/base/crds of Argo Events"),
    env.HEADWATER_IMAGE
      ? undefined
      : "skipped: the provisioning job. Set HEADWATER_IMAGE to an image of the package that the cluster can pull.",
  ].filter(Boolean);
}

function lack(env, variable, what, where) {
  const file = env[variable];
  if (file && fs.existsSync(file)) return undefined;
  return `skipped: everything with ${what}. Set ${variable} to ${where}.`;
}

// It stays up for the next run, which begins with an empty one: tools/kubernetes/cluster.sh down removes it.
async function startKubernetes() {
  if (process.platform !== "linux" || process.getuid?.() !== 0)
    throw new Trouble(
      "A Kubernetes is needed: set KUBECONFIG to one, or run this on Linux as root, to start one here.",
    );
  const command = (name, about) =>
    step(`Kubernetes: ${name}`, about, () => shown("bash", [script, name], { cwd: paths.root }), { prints: true });
  for (const [name, about] of [
    ["build", "about 10 min the first time"],
    ["up", "about 10 s"],
    ["reset", "about 10 s"],
  ]) {
    const { code } = await command(name, about);
    if (code !== 0) throw new Trouble(`Kubernetes did not start: its message is above.`);
  }
  return path.join(home, "state", "kubeconfig");
}

main(testKubernetes);
