import { countOf, sizeOf } from "../../model/amounts";
import { parseBytes } from "../../model/units";
import { type StreamAsset, unlessHidden } from "../../preflight/asset";
import { limit } from "../../preflight/values";
import { bytes, integer, share } from "../options";
import { defineRule, type FoundAbout } from "../rule";
import type { System } from "../system";

/** What streams may grow to has to fit on the volumes. */
export const storageWithinVolume = defineRule({
  id: "jetstream-storage-within-volume",
  title: "All streams together fit on a share of the cluster's volumes, and each on one volume",
  severity: "high",
  levels: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  why: "A server sets the maxBytes of each stream aside from its max_file_store, whatever its disk has left, and looks at one stream at a time: the one that does not fit is refused in the middle of a rollout. When the volume is full a server of a cluster turns JetStream off, with every stream it holds.",
  fix: "Lower maxBytes, use larger volumes, or keep fewer replicas of what may be lost.",
  topics: ["capacity"],
  frameworks: ["ISO/IEC 27001:2022 A.8.6"],
  options: {
    share: share(0.8, "Share of the volumes that streams may take."),
    volume: bytes("", "Volume of each server, where no cluster is declared beside the streams."),
    servers: integer(1, 99, 3, "Servers, where no cluster is declared beside the streams."),
  },
  on: "system",
  example: {
    fails: [
      { name: "nats", size: 3, jetstream: { volume: { size: "10GiB" } } },
      { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], maxBytes: "9GiB", replicas: 3 } } },
    ],
    passes: [
      { name: "nats", size: 3, jetstream: { volume: { size: "20GiB" } } },
      { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], maxBytes: "9GiB", replicas: 3 } } },
    ],
  },
  *find(system, { share, volume, servers }) {
    const room = volumesOf(system) ?? (volume === "" ? undefined : { volume: sizeIn(volume), servers });
    if (!room) return;
    const streams = system.accounts.flatMap((account) => account.streams).map(askedBy);
    yield* tooLarge(streams, room, share);
    yield* tooMany(streams, room, share);
  },
});

/** Volumes of one size. */
interface Room {
  readonly volume: bigint;
  readonly servers: number;
  readonly cluster?: string;
}

/** What a stream may grow to in files: each copy, and all of them. What has no bound is said elsewhere. */
interface Asked {
  readonly stream: StreamAsset;
  readonly copy: bigint;
  readonly all: bigint;
}

// However many copies there are, each is on one volume.
function* tooLarge(streams: readonly Asked[], { volume }: Room, share: number): Iterable<FoundAbout> {
  const most = shareOf(volume, share);
  for (const { stream, copy } of streams) {
    if (!stream.declared || copy <= most) continue;
    const problem = `lets it grow to ${sizeOf(copy)}, above ${percent(share)} of one volume of ${sizeOf(volume)}, ${sizeOf(most)}`;
    yield { about: stream, field: "maxBytes", value: stream.spec.maxBytes, problem };
  }
}

function* tooMany(streams: readonly Asked[], room: Room, share: number): Iterable<FoundAbout> {
  const { volume, servers, cluster } = room;
  const most = shareOf(volume * BigInt(servers), share);
  const asked = streams.reduce((sum, { all }) => sum + all, 0n);
  if (asked <= most) return;
  const problem = `streams may grow to ${sizeOf(asked)} with their replicas, above ${percent(share)} of ${countOf(servers, "volume")} of ${sizeOf(volume)}, ${sizeOf(most)}`;
  if (cluster !== undefined) {
    yield {
      about: { kind: "cluster", name: cluster },
      field: "jetstream.volume.size",
      problem: `is too little: ${problem}`,
    };
    return;
  }
  const declared = streams.filter(({ stream }) => stream.declared);
  const [first, ...rest] = declared;
  if (!first) return;
  const { stream } = rest.reduce((largest, one) => (one.all > largest.all ? one : largest), first);
  yield { about: stream, field: "maxBytes", problem: `is the largest share of too much: ${problem}` };
}

// One cluster is what the streams are for; among several nobody says which.
function volumesOf({ clusters }: System): Room | undefined {
  const [cluster] = clusters;
  if (!cluster || clusters.length > 1) return undefined;
  return unlessHidden(() => {
    const { volume } = cluster.spec.jetstream ?? {};
    return volume && { volume: sizeIn(volume.size), servers: cluster.effective.size, cluster: cluster.name };
  });
}

// Until the number of copies is known there is one.
function askedBy(stream: StreamAsset): Asked {
  const { spec } = stream;
  const copy = unlessHidden(() => (spec.storage === "memory" ? 0n : limit(spec.maxBytes))) ?? 0n;
  return { stream, copy, all: copy * BigInt(unlessHidden(() => spec.replicas) ?? 1) };
}

const sizeIn = (size: string | number) => parseBytes(size) ?? 0n;
const shareOf = (size: bigint, share: number) => BigInt(Math.floor(Number(size) * share));
const percent = (share: number) => `${Math.round(share * 100)} %`;
