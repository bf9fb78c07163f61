import type { ClusterSpec } from "../model/cluster/cluster-spec";
import type { EventBusSpec } from "../model/event-bus/event-bus-spec";
import type { AssetKind, Finding } from "../model/finding";
import { normalizeSpec } from "../model/normalize";
import type { Waiver } from "../model/waiver";
import { waiverSchema } from "../model/waiver-schema";
import {
  type ConsumerAsset,
  consumerAsset,
  hiding,
  type StreamAsset,
  streamAsset,
  unlessHidden,
} from "../preflight/asset";
import { assetName, misshapenFields } from "../preflight/check-spec";
import { checkCluster, clusterName, misshapenClusterFields } from "../preflight/cluster/check-cluster";
import { clusterView } from "../preflight/cluster/preflight-cluster";
import { checkEventBus, eventBusName } from "../preflight/event-bus/check-event-bus";
import { type Declared, type DeclaredSet, preflightSet, shapeOf, streamNameOf } from "../preflight/preflight";
import type { ServerFacts } from "../preflight/server-facts";
import { holdsUnknown, knownParts } from "./known-parts";
import type { Account, ClusterAsset, EventBusAsset, OwnWaiver, System } from "./system";

/** The assets of one account, and what is known of it. */
export interface AccountInput extends DeclaredSet {
  readonly facts?: ServerFacts;
  /** What servers would say to them, where somebody has asked already. */
  readonly preflight?: readonly Finding[];
}

/** A cluster, of which not everything may be known yet. */
export interface ClusterInput {
  readonly spec: ClusterSpec;
  /** How messages and waivers call it. @default - its own name */
  readonly name?: string;
  readonly isUnknown?: (value: unknown) => boolean;
}

/** An event bus, of which not everything may be known yet. */
export interface EventBusInput {
  readonly spec: EventBusSpec;
  /** How messages and waivers call it. @default - its own name */
  readonly name?: string;
  readonly isUnknown?: (value: unknown) => boolean;
  /** The resource that declares it, where a program does. */
  readonly by?: string;
}

/** Makes the view rules have of what is declared. What is misshapen or not known is hidden from them. */
export function buildSystem(
  accounts: readonly AccountInput[],
  clusters: readonly ClusterInput[] = [],
  eventBuses: readonly EventBusInput[] = [],
): System {
  const views = clusters.map(clusterAsset);
  return {
    accounts: accounts.map(buildAccount),
    clusters: views,
    eventBuses: eventBuses.map(eventBusAsset),
    waivers: [
      ...accounts.flatMap(({ declared }, account) =>
        declared.flatMap(({ kind, spec, isUnknown, by, waive }) =>
          ownWaivers(kind, nameOf({ kind, spec, isUnknown, by }), waive).map((own) => ({ ...own, account })),
        ),
      ),
      ...clusters.flatMap((input) => ownWaivers("cluster", calledName(input), input.spec.waive)),
      ...eventBuses.flatMap((input) => ownWaivers("event bus", busName(input), input.spec.waive)),
    ],
  };
}

function buildAccount(input: AccountInput): Account {
  const { declared, shapes = declared.map(shapeOf) } = input;
  const assets = declared.map((one, i) => declaredAsset(one, shapes[i] ?? []));
  const existing = existingAssets(input);
  const all = [...assets, ...existing];
  const streams = all.filter((asset) => asset.kind !== "consumer");
  const consumers = all.filter((asset) => asset.kind === "consumer");
  const byName = new Map<string | undefined, StreamAsset>();
  for (const stream of streams) {
    const name = unlessHidden(() => stream.spec.name);
    if (!byName.has(name)) byName.set(name, stream);
  }
  const readers = Map.groupBy(consumers, ({ spec }) => unlessHidden(() => spec.stream));
  let found: readonly Finding[] | undefined = input.preflight;
  return {
    streams,
    consumers,
    external: input.external ?? {},
    stream: (name) => byName.get(name),
    consumersOf: (stream) => readers.get(stream) ?? [],
    preflight: () => {
      found ??= preflightSet({ ...input, shapes }, { server: input.facts });
      return found;
    },
  };
}

function declaredAsset(declared: Declared, shape: readonly Finding[]): StreamAsset | ConsumerAsset {
  const { kind, spec, isUnknown, by } = declared;
  const { dropped, hidden } = shape.length > 0 ? misshapenFields(kind, spec, shape) : { dropped: [], hidden: [] };
  const unknown = isUnknown ? Object.keys(spec).filter((key) => isUnknown(spec[key])) : [];
  const left = new Set([...dropped, ...unknown]);
  const known = left.size > 0 ? Object.fromEntries(Object.entries(spec).filter(([key]) => !left.has(key))) : spec;
  const entry = { declared: true, by, hidden: [...hidden, ...unknown] };
  const normal = normalizeSpec(kind, known);
  if (kind === "consumer") return { ...consumerAsset(normal, entry), name: nameOf(declared) };
  const asset = streamAsset(kind, { ...normal, name: typeof known.name === "string" ? known.name : "?" }, entry);
  return { ...asset, name: nameOf(declared) };
}

// An asset whose name is not known yet goes by that of its resource.
function nameOf({ kind, spec, isUnknown, by }: Pick<Declared, "kind" | "spec" | "isUnknown" | "by">): string {
  const name = assetName(kind, spec, isUnknown);
  return name.split("/").includes("?") && by !== undefined ? by : name;
}

function existingAssets({ declared, facts }: AccountInput): (StreamAsset | ConsumerAsset)[] {
  const existing = facts?.streams ?? [];
  if (existing.length === 0) return [];
  const names = new Set(
    declared.map(({ kind, spec }) =>
      kind === "consumer" ? `${spec.stream}/${spec.name}` : streamNameOf(kind, spec.name),
    ),
  );
  const entry = { declared: false };
  return existing.flatMap(({ spec, consumers = [] }) => [
    ...(names.has(spec.name) ? [] : [streamAsset("stream", { ...spec }, entry)]),
    ...consumers
      .filter(({ name }) => !names.has(`${spec.name}/${name}`))
      .map((consumer) => consumerAsset({ ...consumer, stream: spec.name }, entry)),
  ]);
}

// What follows from a field is not known where some of it is not; the rest of the field is.
function clusterAsset(input: ClusterInput): ClusterAsset {
  const { spec, isUnknown = () => false } = input;
  const misshapen = misshapenClusterFields(checkCluster(spec, isUnknown));
  const unknown = Object.entries(spec).flatMap(([key, value]) => (holdsUnknown(value, isUnknown) ? [key] : []));
  const sound = Object.fromEntries(Object.entries(spec).filter(([key]) => !misshapen.includes(key)));
  return {
    kind: "cluster",
    name: calledName(input),
    ...clusterView(spec, [...misshapen, ...unknown]),
    spec: hiding(knownParts(sound, isUnknown), misshapen) as ClusterSpec,
  };
}

function calledName({ spec, isUnknown, name }: ClusterInput): string {
  return name ?? clusterName(spec, isUnknown);
}

function eventBusAsset(input: EventBusInput): EventBusAsset {
  const { spec, isUnknown = () => false } = input;
  const misshapen = misshapenClusterFields(checkEventBus(spec, isUnknown));
  const sound = Object.fromEntries(Object.entries(spec).filter(([key]) => !misshapen.includes(key)));
  const view = hiding(knownParts(sound, isUnknown), misshapen) as EventBusSpec;
  return { kind: "event bus", name: busName(input), spec: view };
}

function busName({ spec, isUnknown, by, name: called }: EventBusInput): string {
  const name = called ?? eventBusName(spec, isUnknown);
  return name === "?" && by !== undefined ? by : name;
}

// What is no waiver is said where the asset's shape is judged.
function ownWaivers(kind: AssetKind, name: string, waive: unknown): OwnWaiver[] {
  if (!Array.isArray(waive)) return [];
  return waive.flatMap((waiver: unknown, i) =>
    waiverSchema.safeParse(waiver).success
      ? [{ kind, name, waiver: waiver as Waiver, field: `waive[${i}]` } as OwnWaiver]
      : [],
  );
}
