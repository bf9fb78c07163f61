import { VOLUME_SHARE } from "../../../model/cluster/effective";
import { parseQuantity } from "../../../model/quantity";
import { formatBytes, parseBytes } from "../../../model/units";
import { limit } from "../../values";
import { reserved } from "../reserved";
import type { ClusterRule } from "../rule";

const bytes = (value: unknown) => (value === undefined ? undefined : parseBytes(value));

/** A volume holds more than streams. */
export const volumeHasRoom: ClusterRule = {
  code: "CW111",
  severity: "warning",
  says: "`jetstream.maxFileStore` is at most 80 % of the volume.",
  refusals: [],
  *find({ spec }) {
    const { volume, maxFileStore } = spec.jetstream ?? {};
    const [size, most] = [bytes(volume?.size), bytes(maxFileStore)];
    if (size === undefined || most === undefined) return;
    const room = BigInt(Math.floor(Number(size) * VOLUME_SHARE));
    if (most <= room) return;
    yield {
      field: "jetstream.maxFileStore",
      value: String(maxFileStore),
      problem: `${maxFileStore} is above 80 % of the volume of ${volume?.size}: servers stop writing when it is full`,
      remedy: "Lower it, leave it out, or raise volume.size.",
    };
  },
};

/** What streams reserve, the servers have. */
export const storesHoldStreams: ClusterRule = {
  code: "CW112",
  severity: "warning",
  says: "The streams of the topology reserve no more (`maxBytes` times `replicas`) than the servers store in all.",
  refusals: [],
  *find({ effective, streams = [] }) {
    const { size, maxFileStore, maxMemoryStore } = effective;
    for (const [storage, most, field] of [
      ["file", maxFileStore, "jetstream.maxFileStore"],
      ["memory", maxMemoryStore, "jetstream.maxMemoryStore"],
    ] as const) {
      const room = limit(most);
      const wanted = reserved(streams, storage);
      if (room === undefined || wanted <= room * BigInt(size)) continue;
      yield {
        field,
        value: String(most),
        problem: `${most} on ${size === 1 ? "one server" : `each of ${size} servers`} is less than the ${formatBytes(wanted)} the streams reserve`,
        remedy: "Raise it, or lower maxBytes of the streams.",
      };
    }
  },
};

/** What streams reserve, their account may have. */
export const accountsHoldStreams: ClusterRule = {
  code: "CW113",
  severity: "warning",
  says: "The streams of the topology reserve no more than the one account with JetStream may store.",
  refusals: [],
  *find({ spec, effective, streams = [] }) {
    const holders = Object.entries(spec.accounts ?? {}).filter(
      ([name, { jetstream }]) => name !== effective.systemAccount && jetstream !== false,
    );
    const [holder] = holders;
    if (!holder || holders.length > 1 || typeof holder[1].jetstream !== "object") return;
    const [name, { jetstream }] = [holder[0], { jetstream: holder[1].jetstream }];
    for (const [storage, key] of [
      ["file", "maxFile"],
      ["memory", "maxMemory"],
    ] as const) {
      const room = limit(jetstream[key]);
      const wanted = reserved(streams, storage);
      if (room === undefined || wanted <= room) continue;
      yield {
        field: `accounts.${name}.jetstream.${key}`,
        value: String(jetstream[key]),
        problem: `${jetstream[key]} is less than the ${formatBytes(wanted)} the streams reserve`,
        remedy: "Raise it, or lower maxBytes of the streams.",
      };
    }
  },
};

const LEAST_KEY = 32;

/** A short key can be guessed. */
export const longKeys: ClusterRule = {
  code: "CW114",
  severity: "warning",
  says: "A key that is written down has 32 characters or more.",
  refusals: [],
  *find({ spec }) {
    const { key, previousKey } = spec.jetstream?.encryption ?? {};
    for (const [field, source] of Object.entries({ key, previousKey })) {
      const length = source && "value" in source ? source.value.length : LEAST_KEY;
      if (length >= LEAST_KEY) continue;
      yield {
        field: `jetstream.encryption.${field}`,
        problem: `has ${length} characters, fewer than ${LEAST_KEY}: it can be guessed`,
        remedy: "Use a random key of 32 characters or more.",
      };
    }
  },
};

/** Streams in memory leave the container room to run. */
export const memoryFits: ClusterRule = {
  code: "CW115",
  severity: "warning",
  says: "`jetstream.maxMemoryStore` is below the container's memory.",
  refusals: [],
  *find({ spec, effective }) {
    const memory = spec.kubernetes?.resources?.limits?.memory;
    const [most, store] = [parseQuantity(memory), limit(effective.maxMemoryStore)];
    if (most === undefined || store === undefined || store < most) return;
    yield {
      field: "jetstream.maxMemoryStore",
      value: String(effective.maxMemoryStore),
      problem: `${effective.maxMemoryStore} is all of the container's memory, ${memory}, or more: the server is killed before it is full`,
      remedy: "Lower it, or raise kubernetes.resources.limits.memory.",
    };
  },
};

/** The garbage collector keeps below what kills the container. */
export const goMemLimitFits: ClusterRule = {
  code: "CW116",
  severity: "warning",
  says: "`kubernetes.goMemLimit` is below the container's memory.",
  refusals: [],
  *find({ spec }) {
    const { goMemLimit, resources } = spec.kubernetes ?? {};
    const memory = resources?.limits?.memory;
    const [most, goal] = [parseQuantity(memory), bytes(goMemLimit)];
    if (most === undefined || goal === undefined || goal < most) return;
    yield {
      field: "kubernetes.goMemLimit",
      value: goMemLimit,
      problem: `${goMemLimit} is all of the container's memory, ${memory}, or more: the server is killed before memory is freed`,
      remedy: "Use about 90 % of the memory, or leave it out.",
    };
  },
};

/** Servers that are to be told apart have something to tell them by. */
export const tagsAreThere: ClusterRule = {
  code: "CW117",
  severity: "warning",
  says: "Some tag of the servers begins with `jetstream.uniqueTag`: a server without one is never chosen.",
  refusals: [],
  *find({ spec }) {
    const prefix = spec.jetstream?.uniqueTag?.toLowerCase();
    const hasOwnTags = spec.extraConfig !== undefined && "server_tags" in spec.extraConfig;
    if (!prefix || hasOwnTags) return;
    const tags = (spec.serverTags ?? []).filter((tag) => tag.toLowerCase().startsWith(prefix));
    const missing = tags.length === 0;
    if (!missing && (spec.size ?? 1) === 1) return;
    const problem = missing
      ? `"${prefix}" begins no tag of the servers: no replicated stream can be placed`
      : `"${prefix}" is the same for all servers: a stream can have one replica only`;
    const remedy = 'Give each server a tag of its own: extraConfig: {server_tags: ["<< $ZONE >>"]}.';
    yield { field: "jetstream.uniqueTag", value: prefix, problem, remedy };
  },
};
