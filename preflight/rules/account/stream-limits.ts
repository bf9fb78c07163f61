import { formatBytes, parseBytes } from "../../../model/units";
import { limitsOf } from "../../limits-of";
import type { StreamRule } from "../../rule";
import { limit, show } from "../../values";

// What an account allows its streams. server/jetstream.go checkLimits, server/jetstream_api.go jsNonClusteredStreamLimitsCheck.

/** An account with tiers keeps only as many replicas as a tier says. */
export const tierMissing: StreamRule = {
  code: "SL102",
  severity: "error",
  on: "stream",
  says: "An account with tiers has one for each number of `replicas`.",
  refusals: [{ code: 10120 }],
  *find(stream, { facts }) {
    if (!facts.tiers || limitsOf(stream, facts)) return;
    const { replicas = 1 } = stream.spec;
    yield {
      field: "replicas",
      value: replicas,
      problem: `the account has no tier R${replicas}, only ${Object.keys(facts.tiers).join(", ")}`,
      remedy: "Use a number of replicas it has, or give the account that tier.",
    };
  },
};

/** An account may demand that every stream says what it takes. */
export const maxBytesRequired: StreamRule = {
  code: "SL103",
  severity: "error",
  on: "stream",
  says: "Where the account demands it, `maxBytes` is set.",
  refusals: [{ code: 10113 }],
  *find(stream, { facts }) {
    if (!limitsOf(stream, facts)?.maxBytesRequired || limit(stream.spec.maxBytes) !== undefined) return;
    yield { field: "maxBytes", problem: "is required by this account", remedy: "Set it." };
  },
};

/** An account may cap a single stream. */
export const maxBytesCapped: StreamRule = {
  code: "SL104",
  severity: "error",
  on: "stream",
  says: "`maxBytes` is at most what the account allows one stream of that storage.",
  refusals: [{ code: 10122 }],
  *find(stream, { facts }) {
    const limits = limitsOf(stream, facts);
    const { storage = "file", maxBytes } = stream.spec;
    const most = limit(storage === "memory" ? limits?.memoryMaxStreamBytes : limits?.storageMaxStreamBytes);
    if (most === undefined || (limit(maxBytes) ?? 0n) <= most) return;
    yield {
      field: "maxBytes",
      value: maxBytes,
      problem: `${show(maxBytes)} is above the ${formatBytes(most)} the account allows a ${storage} stream`,
      remedy: "Lower it, or raise the account's limit.",
    };
  },
};

/** What streams reserve must fit the account. */
export const storageReserved: StreamRule = {
  code: "SL105",
  severity: "error",
  on: "stream",
  says: "`maxBytes` of all streams, times `replicas` where the account has no tiers, fit the account's storage of that kind.",
  refusals: [{ code: 10047 }, { code: 10028 }],
  *find(stream, world) {
    const { storage = "file", maxBytes, replicas = 1 } = stream.spec;
    const limits = limitsOf(stream, world.facts);
    const room = parseBytes((storage === "memory" ? limits?.maxMemory : limits?.maxStorage) ?? -1);
    if (room === undefined || room < 0n) return;
    // Before 2.12 a stream counted once for itself; 2.10 counted the others as often as it has replicas.
    const copies = world.facts.tiers ? 1n : BigInt(replicas);
    const own = world.isOlderThan("2.12.0") ? 1n : copies;
    // Without a limit of its own a stream reserves nothing, but there must be some room.
    const wanted = (limit(maxBytes) ?? 1n) * own;
    const taken = world.taken(stream);
    const before = world.isOlderThan("2.11.0") ? taken.once[storage] * copies : taken[storage];
    if (before + wanted <= room) return;
    yield {
      field: "maxBytes",
      value: maxBytes,
      problem: `reserves ${formatBytes(wanted)} of ${storage} storage beside the ${formatBytes(before)} of other streams, and the account has ${formatBytes(room)}`,
      remedy: "Lower maxBytes here or elsewhere, or raise the account's limit.",
    };
  },
};

/** An account holds so many streams. */
export const maxStreams: StreamRule = {
  code: "SL106",
  severity: "error",
  on: "stream",
  says: "An account has at most its `max_streams` streams; buckets are streams too.",
  refusals: [{ code: 10027 }],
  *find(stream, world) {
    // Before 2.12 a single server did not enforce the number of a tier.
    const unenforced = world.facts.tiers && world.facts.servers === 1 && world.isOlderThan("2.12.0");
    const most = unenforced ? -1 : (limitsOf(stream, world.facts)?.maxStreams ?? -1);
    const { streams } = world.taken(stream);
    const exists = world.facts.streams?.some(({ spec }) => spec.name === stream.spec.name);
    if (most <= 0 || streams < most || exists) return;
    yield {
      field: "",
      problem: `is stream ${streams + 1} of an account that may have ${most}`,
      remedy: "Remove a stream, or raise the account's limit.",
    };
  },
};

/** A stream cannot allow more consumers than the account does. */
export const maxConsumersCapped: StreamRule = {
  code: "SL107",
  severity: "error",
  on: "stream",
  says: "`maxConsumers` is at most the account's.",
  refusals: [{ code: 10026 }],
  *find(stream, { facts }) {
    const most = limit(limitsOf(stream, facts)?.maxConsumers);
    const { maxConsumers } = stream.spec;
    if (most === undefined || (limit(maxConsumers) ?? 0n) <= most) return;
    yield {
      field: "maxConsumers",
      value: maxConsumers,
      problem: `${maxConsumers} is above the ${most} the account allows a stream`,
      remedy: "Lower it, or raise the account's limit.",
    };
  },
};
