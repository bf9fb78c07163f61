import type { OptionSchema } from "../option";
import type { Level, RuleSeverity } from "../rule";

/** Says that a rule is broken, at a resource or for the stack. The shapes here are the engine's, as far as they are used. */
export type Report = (message: string, urn?: string) => void;

/** One resource that is to be judged. */
export interface EngineResource {
  readonly type: string;
  /** Inputs before a write, outputs at the end of a run. Reading a value that is not known yet throws. */
  readonly props: Readonly<Record<string, unknown>>;
  readonly urn: string;
  readonly name: string;
  readonly provider?: { readonly urn: string };
}

interface Configured {
  getConfig<T extends object>(): T;
}
export interface ResourceArgs extends EngineResource, Configured {}
export interface StackArgs extends Configured {
  readonly resources: readonly EngineResource[];
}

/** What is said about a policy, in the engine's words. */
export interface PolicyInfo {
  name: string;
  displayName: string;
  description: string;
  readonly enforcementLevel: Level;
  severity: RuleSeverity;
  tags: string[];
  remediationSteps: string;
  url: string;
  framework?: { name: string; version: string; reference: string; specification: string };
  configSchema: { properties: Record<string, ConfigSchema> };
}

/** JSON schema of one key of a policy's configuration. */
export type ConfigSchema = Omit<OptionSchema, "items"> & {
  items?: { type: "string" };
  description?: string;
  default?: string | number | boolean | string[];
};

/** Judges each resource before it is written. */
export interface ResourcePolicy extends PolicyInfo {
  validateResource: ((args: ResourceArgs, report: Report) => void) & { __pulumiType?: string };
}

/** Judges all resources of a stack at the end of a run. */
export interface StackPolicy extends PolicyInfo {
  validateStack: (args: StackArgs, report: Report) => void;
}

/** What a `PolicyPack` takes. */
export type PulumiPolicy = ResourcePolicy | StackPolicy;
