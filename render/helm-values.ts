import type { ClusterSpec } from "../model/cluster/cluster-spec";
import { throwFindings } from "../model/finding";
import { contradictions } from "./contradictions";
import { compact, mergeValues, type Values } from "./helm/chart-value";
import { chartValues, type HelmContext } from "./helm/chart-values";
import { secretRefsOf, unplacedFindings } from "./kubernetes/secret-refs";

/** Version of the `nats` chart the values are made for. */
export const CHART_VERSION = "2.14.2";

/**
 * Values of the official `nats` chart for a cluster. No secret is among them: the servers' variables name keys of Secrets.
 *
 * Changes that servers take over while they run (TLS, accounts, users, routes, limits of connections) reach them through
 * the chart's reloader and restart nothing. Everything else changes the annotation `headwater.dev/restart-config` of the
 * pods, so that they are replaced one by one. The chart's own checksum is off: it would replace them for every change.
 *
 * `kubernetes.extraValues` is laid upon them last. Throws findings for what cannot be put into manifests, and for values
 * and configuration that contradict the spec.
 */
export function helmValues(spec: ClusterSpec, context: HelmContext = {}): Values {
  throwFindings([...unplacedFindings(spec, secretRefsOf(context)), ...contradictions(spec)]);
  return mergeValues(compact(chartValues(spec, context)), spec.kubernetes?.extraValues ?? {});
}
