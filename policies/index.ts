export { check, checkSystem, type PolicyInput, type PolicyOptions, type PolicyReport } from "./check";
export type { PolicyFinding, WaivedFinding } from "./finding";
export type { Option, OptionSchema, Options, OptionValues } from "./option";
export * as options from "./options";
export type { PulumiPolicy, ResourcePolicy, StackPolicy } from "./pulumi/engine";
export { type ProjectPlace, projectOptions } from "./pulumi/project-options";
export { type PackOptions, pulumiPolicies } from "./pulumi/pulumi-policies";
export {
  type AccountRule,
  type ClusterRule,
  type ConsumerRule,
  defineRule,
  type EventBusRule,
  type Found,
  type FoundAbout,
  type Level,
  levels,
  type PolicyRule,
  type Preset,
  presets,
  type RuleInfo,
  type RuleSeverity,
  type StreamRule,
  type SystemRule,
  type WaiverRule,
} from "./rule";
export { rules } from "./rules";
export { type ConfigProblem, configProblems, type PolicyConfig, type RuleConfig, type RuleSetting } from "./settings";
export type { Account, ClusterAsset, EventBusAsset, OwnWaiver, System } from "./system";
export type { FileWaiver, FileWaivers } from "./waivers";
