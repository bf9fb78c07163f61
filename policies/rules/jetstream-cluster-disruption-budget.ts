import { unlessHidden } from "../../preflight/asset";
import { isMap } from "../../render/helm/chart-value";
import { defineRule } from "../rule";

/** Nodes are drained one after the other, and streams go on. */
export const clusterDisruptionBudget = defineRule({
  id: "jetstream-cluster-disruption-budget",
  title: "Nodes can be drained, and a majority of the servers stays up meanwhile",
  severity: "high",
  levels: { dev: "disabled", staging: "mandatory", prod: "mandatory" },
  why: "Kubernetes drains nodes for upgrades, and asks the disruption budget how many servers may go at once. Without one, or with too large a one, it takes the majority: no stream takes a message until it is back. With none allowed, no node can be drained at all.",
  fix: "Set kubernetes.maxUnavailable to 1.",
  topics: ["availability"],
  frameworks: ["ISO/IEC 27001:2022 A.8.14", "SOC 2 A1.2"],
  on: "cluster",
  example: {
    fails: { name: "nats", size: 3, kubernetes: { maxUnavailable: 2 } },
    passes: { name: "nats", size: 3, kubernetes: { maxUnavailable: 1 } },
  },
  // Of one or two servers none can go without a pause: there is no majority to keep.
  *find({ spec, effective: { size } }) {
    if (size < 3) return;
    const most = Math.floor((size - 1) / 2);
    const maxUnavailable = unlessHidden(() => spec.kubernetes?.maxUnavailable ?? 1);
    if (maxUnavailable !== undefined) yield* amount(maxUnavailable, most, size);
    yield* turnedOff(unlessHidden(() => spec.kubernetes?.extraValues) ?? {});
  },
});

function* amount(value: number, most: number, size: number) {
  const field = "kubernetes.maxUnavailable";
  const remedy = most === 1 ? "Set it to 1." : `Set it to 1, at most ${most}.`;
  if (value < 1) yield { field, value, problem: "0 keeps nodes with a server from being drained", remedy };
  if (value > most)
    yield { field, value, problem: `${value} of ${size} servers away leaves no majority: nothing is written`, remedy };
}

function* turnedOff(values: Readonly<Record<string, unknown>>) {
  const field = "kubernetes.extraValues.podDisruptionBudget";
  if (!("podDisruptionBudget" in values)) return;
  const budget = values.podDisruptionBudget;
  const remedy = "Remove it: kubernetes.maxUnavailable says how many servers may be away.";
  const isOff = !isMap(budget) || ("enabled" in budget && budget.enabled !== true);
  const problem = "turns the budget off: any number of servers may be away at once";
  if (isOff) yield { field: isMap(budget) ? `${field}.enabled` : field, problem, remedy };
  else if (Array.isArray(budget.patch) && budget.patch.length > 0)
    yield { field: `${field}.patch`, problem: "changes the budget in a way that is not judged", remedy };
}
