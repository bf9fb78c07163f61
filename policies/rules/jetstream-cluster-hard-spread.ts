import { isMap } from "../../render/helm/chart-value";
import { spreadValues } from "../../render/helm/pod-values";
import { defineRule } from "../rule";
import type { ClusterAsset } from "../system";

const HOST = "kubernetes.io/hostname";

/** Servers that decide by majority are not lost together. */
export const clusterHardSpread = defineRule({
  id: "jetstream-cluster-hard-spread",
  title: "No two servers of a cluster are on the same node",
  severity: "high",
  levels: { dev: "disabled", staging: "mandatory", prod: "mandatory" },
  why: "Three servers on one node are lost with it, and with them every replica. A spread that is only a wish is given up as soon as nodes are short, which is when it matters.",
  fix: "Set kubernetes.spread to hard, or leave it out: that is the default from three servers on.",
  topics: ["availability"],
  frameworks: ["ISO/IEC 27001:2022 A.8.14", "SOC 2 A1.2"],
  on: "cluster",
  example: {
    fails: { name: "nats", size: 3, kubernetes: { spread: "soft" } },
    passes: { name: "nats", size: 3, kubernetes: { spread: "hard" } },
  },
  *find({ spec, effective: { size } }) {
    if (size < 3) return;
    const { spread, extraValues = {} } = spec.kubernetes ?? {};
    const pods = extraValues.podTemplate;
    const field = "kubernetes.extraValues.podTemplate";
    const remedy = "Remove it: kubernetes.spread keeps servers apart.";
    const undone = undoing(pods);
    if (undone !== undefined)
      yield { field: field + undone, problem: "takes back that servers are kept apart", remedy };
    else if (!isHard(spec, pods))
      yield {
        field: "kubernetes.spread",
        value: spread,
        problem: `${JSON.stringify(spread)} lets servers share a node: they are lost together with it`,
      };
  },
});

/** What of `podTemplate` takes away the constraints the chart makes, as a path below it. */
function undoing(pods: unknown): string | undefined {
  if (pods === undefined) return undefined;
  if (!isMap(pods)) return "";
  const { merge, patch } = pods;
  const spec = isMap(merge) ? merge.spec : undefined;
  if (isMap(spec) && "topologySpreadConstraints" in spec) return ".merge.spec.topologySpreadConstraints";
  const isTouched = (op: unknown) =>
    isMap(op) && [op.path, op.from].some((path) => /^\/spec(\/topologySpreadConstraints.*)?$/.test(String(path)));
  return Array.isArray(patch) && patch.some(isTouched) ? ".patch" : undefined;
}

// A constraint that was added counts as one that was chosen; so does an anti-affinity.
function isHard(spec: ClusterAsset["spec"], pods: unknown): boolean {
  if (isMap(pods) && isMap(pods.merge) && keepsApart(pods.merge.spec)) return true;
  const added = isMap(pods) && isMap(pods.topologySpreadConstraints) ? pods.topologySpreadConstraints : {};
  const constraints = { ...added, ...spreadValues(spec) };
  const host = constraints[HOST];
  return isMap(host) && host.whenUnsatisfiable === "DoNotSchedule";
}

function keepsApart(pod: unknown): boolean {
  const affinity = isMap(pod) && isMap(pod.affinity) ? pod.affinity.podAntiAffinity : undefined;
  const required = isMap(affinity) ? affinity.requiredDuringSchedulingIgnoredDuringExecution : undefined;
  return Array.isArray(required) && required.some((term) => isMap(term) && term.topologyKey === HOST);
}
