import { execFile, execFileSync, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../model/cluster/effective";
import { encodeJson } from "../../model/wire";
import { helmValues } from "../../render/helm-values";
import type { KubernetesObject } from "../../render/kubernetes/kubernetes-object";
import type { SecretContext } from "../../render/kubernetes/secret-refs";
import { kubernetesObjects } from "../../render/render-cluster";
import { helmTemplate, missing as missingChart } from "./helm";

const run = promisify(execFile);
const root = resolve(__dirname, "../..");
const built = join(process.env.HEADWATER_K8S ?? join(homedir(), ".cache/headwater-kubernetes"), "bin");
/** The program. */
export const kubectlFile = existsSync(join(built, "kubectl")) ? join(built, "kubectl") : "kubectl";

const cluster = process.env.KUBECONFIG ? "" : "no Kubernetes: set KUBECONFIG";

/** What is missing for any test, and for those that install the chart, run the package in a pod, or run the component. */
export const missing = {
  cluster,
  chart: [cluster, missingChart].filter(Boolean).join("; "),
  image: process.env.HEADWATER_IMAGE
    ? cluster
    : "no image of the package: set HEADWATER_IMAGE to one the cluster can pull",
  component: onPath("pulumi-resource-kubernetes") ? "" : "no pulumi-resource-kubernetes on PATH",
};

function onPath(name: string): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, name)));
}

/** Says in the test's name what it is skipped for. */
export const describeWith = (lack: string, title: string, tests: () => void) =>
  lack ? describe.skip(`${title} (skipped: ${lack})`, tests) : describe(title, tests);

export async function kubectl(...args: readonly string[]): Promise<string> {
  const { stdout } = await run(kubectlFile, args, { maxBuffer: 64 << 20 });
  return stdout.trim();
}

/** Applies objects, a namespace and secrets among them. */
export async function apply(objects: readonly unknown[]): Promise<void> {
  const list = encodeJson({ apiVersion: "v1", kind: "List", items: objects });
  execFileSync(kubectlFile, ["apply", "--server-side", "--force-conflicts", "-f", "-"], {
    input: list,
    stdio: ["pipe", "ignore", "pipe"],
  });
}

export const secret = (
  namespace: string,
  name: string,
  stringData: Readonly<Record<string, string>>,
  type = "Opaque",
) => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name, namespace },
  type,
  stringData,
});

export interface Deployment {
  readonly context?: SecretContext;
  /** Secrets and others that have to be there first. */
  readonly before?: readonly unknown[];
  /** Pods are replaced from the test, not by Kubernetes. */
  readonly onDelete?: boolean;
}

/** Installs a cluster: the chart with our values, and our objects beside it. */
export async function install(spec: ClusterSpec, { context, before = [], onDelete }: Deployment = {}): Promise<void> {
  const { namespace } = effectiveCluster(spec);
  await apply([{ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } }]);
  const chart = helmTemplate(helmValues(spec, context), namespace).filter(isNoTest);
  const managed = chart.map((object) => (onDelete && object.kind === "StatefulSet" ? asOnDelete(object) : object));
  await apply([...before, ...kubernetesObjects(spec), ...managed.map((object) => inNamespace(object, namespace))]);
}

const isNoTest = ({ metadata }: KubernetesObject) => !JSON.stringify(metadata).includes("helm.sh/hook");

function asOnDelete(object: KubernetesObject): KubernetesObject {
  return { ...object, spec: { ...(object.spec as object), updateStrategy: { type: "OnDelete" } } };
}

function inNamespace(object: KubernetesObject, namespace: string) {
  return { ...object, metadata: { ...object.metadata, namespace } };
}

/** Waits until every pod of a StatefulSet is ready. */
export async function ready(spec: ClusterSpec, name = spec.name): Promise<void> {
  const { namespace } = effectiveCluster(spec);
  const replicas = await kubectl("get", "statefulset", name, "-n", namespace, "-o", "jsonpath={.spec.replicas}");
  await kubectl(
    "wait",
    `statefulset/${name}`,
    "-n",
    namespace,
    `--for=jsonpath={.status.readyReplicas}=${replicas}`,
    "--timeout=150s",
  );
}

/** Removes a namespace with everything in it. */
export async function remove(namespace: string): Promise<void> {
  await kubectl("delete", "namespace", namespace, "--wait=true", "--timeout=120s", "--ignore-not-found");
}

/** A local port that ends at a Service. */
export interface Forward {
  readonly port: number;
  close(): void;
}

export function forward(namespace: string, service: string, port = 4222): Promise<Forward> {
  const script = resolve(__dirname, "forward-main.js");
  const entry = resolve(root, "dist/provider/port-forward");
  const child = fork(script, [entry, JSON.stringify({ namespace, service, port })], { execArgv: [] });
  return new Promise((done, failed) => {
    child.once("message", (answer: { port?: number; error?: string }) => {
      if (answer.port === undefined) failed(new Error(answer.error));
      else done({ port: answer.port, close: () => child.kill() });
    });
    child.once("exit", () => failed(new Error("the forwarding process ended")));
  });
}
