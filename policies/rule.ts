import type { AssetKind } from "../model/finding";
import type { ConsumerAsset, StreamAsset, StreamKind } from "../preflight/asset";
import type { Options, OptionValues } from "./option";
import type { Account, ClusterAsset, EventBusAsset, System } from "./system";

/** The environments a rule has levels for. */
export const presets = ["dev", "staging", "prod"] as const;
export type Preset = (typeof presets)[number];

/** `mandatory` findings fail the gate, `advisory` ones are reported, of a `disabled` rule there are none. */
export const levels = ["advisory", "mandatory", "disabled"] as const;
export type Level = (typeof levels)[number];

/** What following a rule is worth. */
export type RuleSeverity = "low" | "medium" | "high" | "critical";

/** What a rule found about the asset it was asked about. */
export interface Found {
  /** Path of the field; empty when the whole asset is meant. Never with the position in a list that is a set. */
  readonly field: string;
  /** The value got. Never a secret. */
  readonly value?: unknown;
  /** What is wrong, with the value got: no capital letter, no full stop. */
  readonly problem: string;
  /**
   * What to do about it: a sentence or two.
   * @default - the rule's `fix`
   */
  readonly remedy?: string;
}

/** What a rule found that sees more than one asset. */
export interface FoundAbout extends Found {
  readonly about: { readonly kind: AssetKind; readonly name: string };
  /**
   * Code of the finding.
   * @default - the rule's id
   */
  readonly code?: string;
}

/** What is said about every rule. */
export interface RuleInfo<O extends Options = Options> {
  /** Stable name, `jetstream-…`; the file, the test and the page are called the same. */
  readonly id: string;
  /** What holds when the rule is kept: a sentence. */
  readonly title: string;
  readonly severity: RuleSeverity;
  readonly levels: Readonly<Record<Preset, Level>>;
  /** What goes wrong without it: a few sentences. */
  readonly why: string;
  /** What to do about a finding: a sentence or two. */
  readonly fix: string;
  /** Topics, such as `durability`. */
  readonly topics: readonly string[];
  /**
   * Requirements of frameworks it serves, such as `ISO/IEC 27001:2022 A.8.13`.
   * @default - none
   */
  readonly frameworks?: readonly string[];
  /**
   * Whether a waiver can lift it, where nothing else is configured.
   * @default true
   */
  readonly waivable?: boolean;
  /**
   * Its settings.
   * @default - none
   */
  readonly options?: O;
  /**
   * Data the rule finds something in, and the same mended: topologies, clusters, or event buses. Shown on the rule's page; dates in it are
   * judged on 2026-06-01.
   */
  readonly example: { readonly fails: object; readonly passes: object };
}

/** Judges one stream, or the stream behind one bucket. */
export interface StreamRule<O extends Options = Options> extends RuleInfo<O> {
  readonly on: "stream";
  /** The kinds it is about. */
  readonly kinds: readonly StreamKind[];
  readonly find: (stream: StreamAsset, options: OptionValues<O>) => Iterable<Found>;
}

/** Judges one consumer. */
export interface ConsumerRule<O extends Options = Options> extends RuleInfo<O> {
  readonly on: "consumer";
  readonly find: (consumer: ConsumerAsset, options: OptionValues<O>) => Iterable<Found>;
}

/** Judges one cluster. */
export interface ClusterRule<O extends Options = Options> extends RuleInfo<O> {
  readonly on: "cluster";
  readonly find: (cluster: ClusterAsset, options: OptionValues<O>) => Iterable<Found>;
}

/** Judges one event bus. */
export interface EventBusRule<O extends Options = Options> extends RuleInfo<O> {
  readonly on: "event-bus";
  readonly find: (eventBus: EventBusAsset, options: OptionValues<O>) => Iterable<Found>;
}

/** Judges the assets of one account beside each other. */
export interface AccountRule<O extends Options = Options> extends RuleInfo<O> {
  readonly on: "account";
  readonly find: (account: Account, options: OptionValues<O>) => Iterable<FoundAbout>;
}

/** Judges clusters, event buses and all accounts together. */
export interface SystemRule<O extends Options = Options> extends RuleInfo<O> {
  readonly on: "system";
  readonly find: (system: System, options: OptionValues<O>) => Iterable<FoundAbout>;
}

/** Says something about the waivers themselves; its findings are made where waivers are applied. */
export interface WaiverRule<O extends Options = Options> extends RuleInfo<O> {
  readonly on: "waivers";
}

/** A rule with options of any kind. */
export type PolicyRule =
  // biome-ignore-start lint/suspicious/noExplicitAny: options are each rule's own
  | StreamRule<any>
  | ConsumerRule<any>
  | ClusterRule<any>
  | EventBusRule<any>
  | AccountRule<any>
  | SystemRule<any>
  | WaiverRule<any>;
// biome-ignore-end lint/suspicious/noExplicitAny: options are each rule's own

/** Types a rule by what it is about and by its options. */
export function defineRule<const O extends Options = Options>(rule: StreamRule<O>): StreamRule<O>;
export function defineRule<const O extends Options = Options>(rule: ConsumerRule<O>): ConsumerRule<O>;
export function defineRule<const O extends Options = Options>(rule: ClusterRule<O>): ClusterRule<O>;
export function defineRule<const O extends Options = Options>(rule: EventBusRule<O>): EventBusRule<O>;
export function defineRule<const O extends Options = Options>(rule: AccountRule<O>): AccountRule<O>;
export function defineRule<const O extends Options = Options>(rule: SystemRule<O>): SystemRule<O>;
export function defineRule<const O extends Options = Options>(rule: WaiverRule<O>): WaiverRule<O>;
export function defineRule(rule: PolicyRule): PolicyRule {
  return rule;
}
