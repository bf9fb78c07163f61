import { isOlder, NEWEST } from "../model/version";
import { type ConsumerAsset, type StreamAsset, subjectsOf, unlessHidden } from "./asset";
import type { ServerFacts } from "./server-facts";
import { type Entry, subjectTrie } from "./subject-trie";
import { limit } from "./values";
import { type WorkQueue, workQueue } from "./work-queue";

// First version of each API level: what a server can do at least.
const LEVELS: readonly string[] = ["2.10.0", "2.11.0", "2.12.0", "2.12.5", "2.14.0", "2.15.0"];
// More would not help anybody to understand the problem.
const MOST_OVERLAPS = 5;
const NOTHING: Taken = { streams: 0, file: 0n, memory: 0n, once: { file: 0n, memory: 0n } };

/** Two subjects, of one stream each, that some message could match both. */
export interface Overlap {
  readonly mine: string;
  readonly theirs: string;
  readonly other: StreamAsset;
}

/** Streams and reserved bytes of one tier, or of an account without tiers. */
export interface Taken {
  readonly streams: number;
  readonly file: bigint;
  readonly memory: bigint;
  /** The same, each stream counted once whatever its replicas. */
  readonly once: { readonly file: bigint; readonly memory: bigint };
}

/** All assets a rule can see, and what is known about the server. */
export interface World {
  readonly facts: ServerFacts;
  readonly version: string;
  /** The stream of that name on the server, declared or existing. */
  readonly stream: (name: string) => StreamAsset | undefined;
  /** True for a stream that is declared, exists, or is said to exist elsewhere. */
  readonly knows: (name: string) => boolean;
  /** Subjects of a stream that exists elsewhere, where they are said. */
  readonly externalSubjects: (name: string) => readonly string[] | undefined;
  /** Consumers of a stream in the order they came in. */
  readonly consumers: (stream: string) => readonly ConsumerAsset[];
  /** Overlaps of a declared stream with the ones that came in before. */
  readonly overlaps: (asset: StreamAsset) => readonly Overlap[];
  /** The asset that had the name before this one came in. */
  readonly twin: (asset: StreamAsset | ConsumerAsset) => StreamAsset | ConsumerAsset | undefined;
  /** How many consumers its stream has up to this one. */
  readonly place: (asset: ConsumerAsset) => number;
  /** A consumer of the same work queue that came in before and takes some of the same messages. */
  readonly contender: (asset: ConsumerAsset) => ConsumerAsset | undefined;
  /** What the streams before this one take of the account. */
  readonly taken: (asset: StreamAsset) => Taken;
  /** True where the server of these facts is older. */
  readonly isOlderThan: (version: string) => boolean;
  readonly add: (asset: StreamAsset | ConsumerAsset) => void;
  /** Makes a name known without any configuration. */
  readonly mention: (name: string, subjects?: readonly string[]) => void;
  /** Says that there is a stream whose name is not known yet: it may be any. */
  readonly mentionUnnamed: () => void;
}

/** A world to which assets are added in the order they are declared. */
export function createWorld(facts: ServerFacts = {}): World {
  const version = facts.version ?? LEVELS[facts.apiLevel ?? -1] ?? NEWEST;
  const streams = new Map<string, StreamAsset>();
  const mentioned = new Map<string, readonly string[] | undefined>();
  let hasUnnamed = false;
  const consumers = new Map<string, ConsumerAsset[]>();
  const consumersByName = new Map<string, ConsumerAsset>();
  const overlaps = new Map<StreamAsset, Overlap[]>();
  const twins = new Map<StreamAsset | ConsumerAsset, StreamAsset | ConsumerAsset>();
  const places = new Map<ConsumerAsset, number>();
  const queues = new Map<string, WorkQueue>();
  const contenders = new Map<ConsumerAsset, ConsumerAsset>();
  const taken = new Map<StreamAsset, Taken>();
  const totals = new Map<string, Taken>();
  const subjects = subjectTrie<StreamAsset>();
  const older = new Map<string, boolean>();

  // Rules ask for every asset about the same few versions.
  function isOlderThan(other: string): boolean {
    const known = older.get(other) ?? isOlder(version, other);
    older.set(other, known);
    return known;
  }

  function addStream(asset: StreamAsset): void {
    const { name } = asset.spec;
    const twin = streams.get(name);
    if (twin) twins.set(asset, twin);
    else streams.set(name, asset);
    if (facts.limits || facts.tiers) reserve(asset);
    const own = twin ? [] : (subjectsOf(asset) ?? []);
    const found = own.flatMap((mine) => take(subjects.overlapping(mine), MOST_OVERLAPS, mine));
    if (asset.declared && found.length > 0) overlaps.set(asset, found.slice(0, MOST_OVERLAPS));
    for (const subject of own) subjects.add(subject, asset);
  }

  function reserve(asset: StreamAsset): void {
    const asked = unlessHidden(() => {
      const { maxBytes, replicas = 1, storage = "file" } = asset.spec;
      return { maxBytes, replicas, storage };
    });
    if (!asked) return;
    const { maxBytes, replicas, storage } = asked;
    const tier = facts.tiers ? `R${replicas}` : "";
    const before = totals.get(tier) ?? NOTHING;
    taken.set(asset, before);
    const bytes = limit(maxBytes) ?? 0n;
    const copies = facts.tiers ? 1n : BigInt(replicas);
    const once = { ...before.once, [storage]: before.once[storage] + bytes };
    totals.set(tier, { ...before, streams: before.streams + 1, [storage]: before[storage] + bytes * copies, once });
  }

  function addConsumer(asset: ConsumerAsset): void {
    const twin = consumersByName.get(asset.name);
    if (twin) {
      twins.set(asset, twin);
      return;
    }
    consumersByName.set(asset.name, asset);
    const { stream } = asset.spec;
    const list = consumers.get(stream) ?? [];
    consumers.set(stream, list);
    places.set(asset, list.push(asset));
    if (unlessHidden(() => streams.get(stream)?.spec.retention) === "workqueue") enqueue(stream, asset);
  }

  function enqueue(stream: string, asset: ConsumerAsset): void {
    const queue = queues.get(stream) ?? workQueue();
    queues.set(stream, queue);
    const contender = queue.add(asset);
    if (contender) contenders.set(asset, contender);
  }

  return {
    facts,
    version,
    stream: (name) => streams.get(name),
    knows: (name) => streams.has(name) || mentioned.has(name) || hasUnnamed,
    externalSubjects: (name) => mentioned.get(name),
    consumers: (stream) => consumers.get(stream) ?? [],
    overlaps: (asset) => overlaps.get(asset) ?? [],
    twin: (asset) => twins.get(asset),
    place: (asset) => places.get(asset) ?? 0,
    contender: (asset) => contenders.get(asset),
    taken: (asset) => taken.get(asset) ?? NOTHING,
    isOlderThan,
    add: (asset) => (asset.kind === "consumer" ? addConsumer(asset) : addStream(asset)),
    mention: (name, known) => mentioned.set(name, known),
    mentionUnnamed: () => {
      hasUnnamed = true;
    },
  };
}

function take(entries: Iterable<Entry<StreamAsset>>, most: number, mine: string): Overlap[] {
  const found: Overlap[] = [];
  for (const { subject, owner } of entries) {
    if (found.push({ mine, theirs: subject, other: owner }) >= most) break;
  }
  return found;
}
