import type { ClusterSpec } from "../model/cluster/cluster-spec";
import type { EventBusSpec } from "../model/event-bus/event-bus-spec";
import { type Finding, throwFindings } from "../model/finding";
import type { TopologySpec } from "../model/topology-spec";
import { declaredIn } from "../preflight/preflight";
import type { ServerFacts } from "../preflight/server-facts";
import { buildSystem } from "./build-system";
import type { PolicyFinding, WaivedFinding } from "./finding";
import type { PolicyRule, Preset } from "./rule";
import { rules as ownRules } from "./rules";
import { runRules } from "./run-rules";
import { configProblems, type PolicyConfig, type RuleSetting, resolveSettings } from "./settings";
import type { System } from "./system";
import { applyWaivers, type FileWaivers } from "./waivers";

/** How strict to be. */
export interface PolicyOptions {
  /**
   * The rules to judge with; own ones may be among them.
   * @default - all of Headwater's
   */
  readonly rules?: readonly PolicyRule[];
  /**
   * Levels of the environment.
   * @default "prod"
   */
  readonly preset?: Preset;
  /**
   * Levels and options by rule, over the preset's; the last one decides.
   * @default - none
   */
  readonly config?: readonly PolicyConfig[];
  /**
   * Waivers besides those of the assets themselves.
   * @default - none
   */
  readonly waivers?: readonly FileWaivers[];
  /**
   * The day waivers are judged on.
   * @default - now
   */
  readonly today?: Date;
}

/** What a gate found out. */
export interface PolicyReport {
  /** What counts: `severity` is `error` for mandatory rules. */
  readonly findings: readonly PolicyFinding[];
  readonly waived: readonly WaivedFinding[];
  /** Every rule as it was run. */
  readonly settings: readonly RuleSetting[];
}

/** What is judged. */
export interface PolicyInput {
  readonly topology?: TopologySpec;
  readonly clusters?: readonly ClusterSpec[];
  readonly eventBuses?: readonly EventBusSpec[];
  /** What is known of the live account the topology is for. */
  readonly server?: ServerFacts;
}

/**
 * Judges a topology, clusters and event buses by an organization's rules. Pure. Throws a `HeadwaterError` with everything that is wrong
 * with the configuration: PC103, PC104, PC105.
 *
 * @example
 * const { findings } = check({ topology: { streams: { ORDERS: { subjects: ["orders.>"] } } } }, { preset: "staging" });
 */
export function check(
  { topology, clusters = [], eventBuses = [], server }: PolicyInput,
  options: PolicyOptions = {},
): PolicyReport {
  throwFindings(configFindings(options));
  const account = topology && { declared: declaredIn(topology), external: topology.external, facts: server };
  return checkSystem(
    buildSystem(
      account ? [account] : [],
      clusters.map((spec) => ({ spec })),
      eventBuses.map((spec) => ({ spec })),
    ),
    options,
  );
}

/** The same for what a reader has made of files, a program or a live account. */
export function checkSystem(
  system: System,
  { rules = ownRules, preset = "prod", config = [], waivers = [], today = new Date() }: PolicyOptions = {},
): PolicyReport {
  const settings = resolveSettings(rules, preset, config);
  const found = runRules(system, settings);
  return { ...applyWaivers(found, settings, system.waivers, waivers, today), settings };
}

/** Everything that is wrong with a configuration. */
export function configFindings({ rules = ownRules, config = [] }: PolicyOptions): Finding[] {
  return config.flatMap((one, i) =>
    configProblems(rules, one).map(({ path, ...found }) => ({
      ...found,
      severity: "error" as const,
      kind: "file" as const,
      name: `config[${i}]`,
      field: path.join("."),
    })),
  );
}
