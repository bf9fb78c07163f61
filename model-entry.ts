import type { Finding } from "./model/finding";
import type { TopologySpec } from "./model/topology-spec";
import { preflight as judge } from "./preflight/preflight";
import type { ServerFacts } from "./preflight/server-facts";

export type { AssetFacts, ConsumerFacts } from "./changes/asset-facts";
export type { Change, ChangeCode } from "./changes/change";
export { describe } from "./changes/describe";
export { type PlanOptions, planChange } from "./changes/plan-change";
export * from "./model/index";
export type { AccountLimits, ExistingStream, ServerFacts } from "./preflight/server-facts";

/**
 * What a server would say to a whole set before any call: errors are what it refuses, warnings what it accepts but what
 * cannot work. Pure. Judges as the newest supported server does, unless facts of a live account are given.
 *
 * @example
 * const findings = preflight(defineTopology({ streams: { ORDERS: { subjects: ["orders.>"] } } }));
 */
export function preflight(topology: TopologySpec, options: { readonly server?: ServerFacts } = {}): Finding[] {
  return judge(topology, { server: options.server });
}
