import { formatFinding } from "../../model/finding";
import { buildSystem } from "../build-system";
import type { ClusterRule, ConsumerRule, EventBusRule, PolicyRule, StreamRule } from "../rule";
import { runRule } from "../run-rules";
import type { System } from "../system";
import type { EngineResource, Report, ResourceArgs, ResourcePolicy } from "./engine";
import { lift, type WaiverContext } from "./judge";
import type { PackSettings } from "./pack-settings";
import { policyInfo } from "./policy-info";
import { readEventBus } from "./read-event-bus";
import { kindOf, type ResourceKind, readAsset, readCluster, typesOf } from "./read-resource";

type ResourceRule = StreamRule | ConsumerRule | ClusterRule | EventBusRule;

const KINDS: Readonly<Record<string, ResourceKind>> = {
  consumer: "consumer",
  cluster: "cluster",
  "event-bus": "event bus",
};

/** True for a rule that judges an asset by itself: the engine can ask before it is written. */
export function isResourceRule(rule: PolicyRule): rule is ResourceRule {
  return rule.on === "stream" || Object.hasOwn(KINDS, rule.on);
}

/** A policy that judges each resource before it is written. */
export function resourcePolicy(
  rule: ResourceRule,
  settings: PackSettings,
  view: (resource: EngineResource) => System | undefined,
  waivers: WaiverContext,
  masked: (message: string) => string,
): ResourcePolicy {
  const types: ReadonlySet<string> = new Set(judgedTypes(rule));
  const [type] = types;
  const validateResource = (args: ResourceArgs, report: Report): void => {
    if (!types.has(args.type)) return;
    const setting = settings.configured(rule, args.getConfig());
    const system = view(args);
    if (!system) return;
    const found = lift(runRule(system, setting), settings.all, system.waivers, waivers);
    for (const one of found) report(masked(formatFinding(one)));
  };
  // With one type alone the engine's SDK passes over other resources before it reads them.
  const typed = types.size === 1 ? Object.assign(validateResource, { __pulumiType: type }) : validateResource;
  return Object.defineProperties({ validateResource: typed }, infoOf(rule, settings)) as ResourcePolicy;
}

// The level stays a question: a copy would be its answer.
export function infoOf(rule: PolicyRule, settings: PackSettings): PropertyDescriptorMap {
  return Object.getOwnPropertyDescriptors(policyInfo(() => settings.of(rule)));
}

function judgedTypes(rule: ResourceRule): readonly string[] {
  const kinds = rule.on === "stream" ? rule.kinds : [KINDS[rule.on] as ResourceKind];
  return kinds.flatMap(typesOf);
}

/** What rules see of one resource. */
export function viewResource(resource: EngineResource): System | undefined {
  const kind = kindOf(resource);
  if (kind === undefined) return undefined;
  if (kind === "event bus") {
    const bus = readEventBus(resource);
    return bus && buildSystem([], [], [bus]);
  }
  if (kind !== "cluster") return buildSystem([{ declared: [readAsset(kind, resource)] }]);
  const cluster = readCluster(resource);
  return cluster && buildSystem([], [cluster]);
}
