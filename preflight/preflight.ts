import type { z } from "zod";
import { acknowledgmentsSchema } from "../model/acknowledgment-schema";
import { bucketKinds } from "../model/bucket-stream";
import type { Finding, SpecKind } from "../model/finding";
import type { TopologySpec } from "../model/topology-spec";
import { waiversSchema } from "../model/waiver-schema";
import {
  type ConsumerAsset,
  consumerAsset,
  type StreamAsset,
  type StreamKind,
  streamAsset,
  unlessHidden,
} from "./asset";
import { type IsUnknown, shapeProblems } from "./check-shape";
import { assetName, checkSpec, misshapenFields } from "./check-spec";
import { checkFieldVersions } from "./field-versions";
import type { ConsumerRule, Rule, StreamRule } from "./rule";
import { rules } from "./rules";
import type { ServerFacts } from "./server-facts";
import { createWorld, type World } from "./world";

type Fields = Readonly<Record<string, unknown>>;

/** What is known besides the topology. */
export interface PreflightOptions {
  /**
   * A live account to judge against.
   * @default - the newest supported server, nothing on it
   */
  readonly server?: ServerFacts;
  /** The rules to judge with: all of them, but for tests that prove each is needed. */
  readonly rules?: readonly Rule[];
}

/** One asset to judge: its kind, its spec with name, and how to tell values that are not known yet. */
export interface Declared {
  readonly kind: SpecKind;
  readonly spec: Fields;
  readonly isUnknown?: IsUnknown;
  /** The resource that declares it, where a program does. */
  readonly by?: string;
  /** Policies that do not hold for it, as they are written: servers know nothing of them. */
  readonly waive?: unknown;
  /** Edits that are meant, as they are written: servers know nothing of them. */
  readonly allow?: unknown;
}

/** A set of assets, and streams that exist elsewhere. */
export interface DeclaredSet {
  readonly declared: readonly Declared[];
  /** What is wrong with the shape of each, waivers aside, where somebody has looked already. */
  readonly shapes?: readonly (readonly Finding[])[];
  readonly external?: TopologySpec["external"];
}

/**
 * What a server would say to a whole set before any call: errors are what it refuses, warnings what it accepts but what
 * cannot work. Pure. Findings come by asset in the order of the topology, errors first.
 */
export function preflight(topology: TopologySpec, options: PreflightOptions = {}): Finding[] {
  return preflightSet({ declared: declaredIn(topology), external: topology.external }, options);
}

/** The same for assets of which not everything may be known yet. */
export function preflightSet(set: DeclaredSet, options: PreflightOptions = {}): Finding[] {
  return preflightEach(set, options).flat();
}

/** The same by asset, in the order they are declared. */
export function preflightEach(
  { declared, external, shapes }: DeclaredSet,
  { server = {}, rules: chosen = rules }: PreflightOptions = {},
): Finding[][] {
  const world = createWorld(server);
  for (const [name, { subjects }] of Object.entries(external ?? {})) world.mention(name, subjects);
  addExisting(world, declared);
  const checked = declared.map((one, i) => checkShape(one, shapes?.[i]));
  const assets = checked.map((one) => (one.isIdentified ? enter(world, one) : mention(world, one)));
  const held = holding(chosen, world);
  return checked.map((one, i) => {
    const asset = assets[i];
    return asset ? [...one.shape, ...judge(one, asset, world, held)] : [...one.shape];
  });
}

/** Judges the assets of a program one by one, each against those before it. */
export function judgeInTurn(server: ServerFacts = {}): (declared: Declared) => Finding[] {
  const world = createWorld(server);
  const pairwise = holding(
    rules.filter(({ whole }) => !whole),
    world,
  );
  return (declared) => {
    const checked = checkShape(declared);
    if (!checked.isIdentified) return [...checked.shape];
    return [...checked.shape, ...judge(checked, enter(world, checked), world, pairwise)];
  };
}

/** The assets of a topology in the order it has them: streams, buckets, consumers. */
export function declaredIn({ streams, keyValues, objectStores, consumers }: TopologySpec): Declared[] {
  const one = (kind: SpecKind, { waive, allow, ...spec }: Fields): Declared => ({
    kind,
    spec,
    ...(waive !== undefined && { waive }),
    ...(allow !== undefined && { allow }),
  });
  const named = (kind: SpecKind, specs: Readonly<Record<string, object>> | undefined): Declared[] =>
    Object.entries(specs ?? {}).map(([name, spec]) => one(kind, { ...spec, name }));
  return [
    ...named("stream", streams),
    ...named("key-value bucket", keyValues),
    ...named("object store", objectStores),
    ...(consumers ?? []).map((spec) => one("consumer", { ...spec })),
  ];
}

/** The name of an asset's stream on the server. */
export function streamNameOf(kind: StreamKind, name: unknown): string {
  return `${kind === "stream" ? "" : bucketKinds[kind].prefix}${String(name)}`;
}

const EXISTING = { declared: false };

// What exists and is not declared: it is in the way, and it can be referred to.
function addExisting(world: World, declared: readonly Declared[]): void {
  const streams = new Set<string>();
  const consumers = new Set<string>();
  for (const { kind, spec } of declared) {
    if (kind === "consumer") consumers.add(`${String(spec.stream)}/${String(spec.name)}`);
    else streams.add(streamNameOf(kind, spec.name));
  }
  for (const existing of world.facts.streams ?? []) {
    const { name } = existing.spec;
    if (!streams.has(name)) world.add(streamAsset("stream", existing.spec as unknown as Fields, EXISTING));
    for (const consumer of existing.consumers ?? []) {
      if (!consumers.has(`${name}/${consumer.name}`))
        world.add(consumerAsset({ ...consumer, stream: name } as unknown as Fields, EXISTING));
    }
  }
}

/** A declaration whose shape was looked at: what has none is left out of the spec. */
interface Checked extends Declared {
  readonly shape: readonly Finding[];
  readonly hidden: readonly string[];
  /** It is known which asset it is: without, there is nothing to compare it with. */
  readonly isIdentified: boolean;
}

const IDENTITY = ["name", "stream", "kind"];

function checkShape(declared: Declared, shape: readonly Finding[] = shapeOf(declared)): Checked {
  const beside = [
    ...checkBeside(declared, "waive", waiversSchema),
    ...checkBeside(declared, "allow", acknowledgmentsSchema),
  ];
  const checked = checkOwnShape(declared, shape);
  return beside.length > 0 ? { ...checked, shape: [...checked.shape, ...beside] } : checked;
}

/** What is wrong with the shape of an asset, waivers aside. */
export function shapeOf({ kind, spec, isUnknown }: Declared): Finding[] {
  return checkSpec(kind, spec, isUnknown);
}

/** What is wrong with the shape of what is said beside an asset's spec. */
function checkBeside({ isUnknown, ...declared }: Declared, key: "waive" | "allow", schema: z.ZodType): Finding[] {
  if (declared[key] === undefined) return [];
  const { kind, spec } = declared;
  const name = assetName(kind, spec, isUnknown);
  return shapeProblems(schema, declared[key], {}, isUnknown).map(({ field, ...found }) => {
    const path = `${key}${field === "" || field.startsWith("[") ? "" : "."}${field}`;
    return { code: "SP101", severity: "error", kind, name, field: path, ...found };
  });
}

function checkOwnShape(declared: Declared, shape: readonly Finding[]): Checked {
  const { kind, spec, isUnknown } = declared;
  if (shape.length === 0) {
    const isIdentified = !isUnknown?.(spec.name) && !isUnknown?.(spec.stream);
    return { ...declared, shape, hidden: [], isIdentified };
  }
  const { dropped, hidden } = misshapenFields(kind, spec, shape);
  const isIdentified = !IDENTITY.some((key) => hidden.includes(key) || isUnknown?.(spec[key]));
  const rest = Object.fromEntries(Object.entries(spec).filter(([key]) => !dropped.includes(key)));
  return { ...declared, spec: rest, shape, hidden, isIdentified };
}

function enter(world: World, { kind, spec, isUnknown, by, hidden }: Checked): StreamAsset | ConsumerAsset {
  const entry = { declared: true, by, isUnknown, hidden };
  const asset = kind === "consumer" ? consumerAsset(spec, entry) : streamAsset(kind, spec, entry);
  world.add(asset);
  return asset;
}

// An asset nobody can tell from others is not judged further; they may refer to it all the same.
function mention(world: World, { kind, spec, isUnknown }: Declared): undefined {
  if (kind === "consumer") return;
  if (isUnknown?.(spec.name)) world.mentionUnnamed();
  else world.mention(streamNameOf(kind, spec.name));
}

function judge({ kind, spec }: Declared, asset: StreamAsset | ConsumerAsset, world: World, held: Held) {
  const versions =
    world.facts.version || world.facts.apiLevel !== undefined
      ? checkFieldVersions(kind, asset.name, spec, world.version)
      : [];
  const found = held[asset.kind === "consumer" ? "consumer" : "stream"].flatMap((rule) => apply(rule, asset, world));
  const all = [...versions, ...found];
  return all.some(({ severity }) => severity === "warning")
    ? [...all.filter(({ severity }) => severity === "error"), ...all.filter(({ severity }) => severity === "warning")]
    : all;
}

/** Rules by what they are about. */
type Held = Readonly<Record<Rule["on"], readonly Rule[]>>;

// Those that hold for the server that is judged for.
function holding(chosen: readonly Rule[], world: World): Held {
  const held = chosen.filter(
    ({ since, until }) => !(since && world.isOlderThan(since)) && !(until && !world.isOlderThan(until)),
  );
  return { stream: held.filter(({ on }) => on === "stream"), consumer: held.filter(({ on }) => on === "consumer") };
}

function apply(rule: Rule, asset: StreamAsset | ConsumerAsset, world: World): Finding[] {
  const { code, severity } = rule;
  // What is not known yet is judged when it is.
  const problems = unlessHidden(() =>
    asset.kind === "consumer"
      ? [...(rule as ConsumerRule).find(asset, world)]
      : [...(rule as StreamRule).find(asset, world)],
  );
  if (!problems || problems.length === 0) return [];
  const word = asset.kind === "consumer" ? (field: string) => field : asset.word;
  return problems.map((found) => ({
    code,
    severity,
    kind: asset.kind,
    name: asset.name,
    ...found,
    field: word(found.field),
  }));
}
