import { JetStreamApiError } from "@nats-io/jetstream";
import { countOf, sizeOf } from "../model/amounts";
import { bucketKinds } from "../model/bucket-stream";
import { readStreamConfig, streamConfig } from "../model/config";
import type { SpecKind } from "../model/finding";
import { normalizeSpec } from "../model/normalize";
import { sameValue } from "../model/walk";
import type { WireConfig } from "../model/wire";
import type { Reply } from "./api";
import type { Driver, Fields, Live } from "./driver";
import { sendSteps, updateSteps } from "./update-steps";

const STREAM_NOT_FOUND = 10059;

function toLive(reply: Reply): Live {
  const wire = reply.config as WireConfig;
  const state = reply.state as { messages: number; bytes: number } | undefined;
  const { spec, owner } = readStreamConfig(wire);
  return {
    base: spec,
    owner,
    wire,
    created: String(reply.created),
    messages: state?.messages ?? 0,
    bytes: state?.bytes ?? 0,
  };
}

/** Answers `undefined` for an asset that is not there, whatever the error code says it with. */
export async function unlessMissing<T>(codes: readonly number[], request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof JetStreamApiError && codes.includes(error.code)) return undefined;
    throw error;
  }
}

// The server compares mirrors byte by byte (reflect.DeepEqual): one that means the same goes back as it came.
function withLiveMirror(config: WireConfig, base: Fields, live: Live): WireConfig {
  return base.mirror && sameValue(base.mirror, live.base.mirror) ? { ...config, mirror: live.wire.mirror } : config;
}

const streamApi: Pick<Driver, "base" | "config" | "info" | "create" | "update" | "remove" | "losesMessages"> = {
  base: "stream",
  config: streamConfig,
  info: async (api, { name }) => {
    const reply = await unlessMissing([STREAM_NOT_FOUND], api.request(`STREAM.INFO.${name}`));
    return reply && toLive(reply);
  },
  create: async (api, { name }, config) => toLive(await api.request(`STREAM.CREATE.${name}`, config)),
  update: async (api, base, config, live) =>
    toLive(await sendSteps(api, String(base.name), updateSteps(withLiveMirror(config, base, live), live.wire))),
  remove: async (api, { name }) => {
    await unlessMissing([STREAM_NOT_FOUND], api.request(`STREAM.DELETE.${name}`));
  },
  losesMessages: async (_, __, { messages, bytes }) =>
    messages === 0
      ? undefined
      : { code: "DG101", problem: `holds ${countOf(messages, "message")} (${sizeOf(bytes)}) and was not deleted` },
};

interface Conversion {
  readonly kind: SpecKind;
  readonly prefix: string;
  readonly toStream: (spec: Fields) => object;
  readonly fromStream: (stream: Fields & { name: string }) => object;
  /** Bases that a spec of this kind cannot express but that mean no difference. */
  readonly keep?: (spec: Fields, live: Fields) => Fields;
  readonly outputs: (base: Fields) => Fields;
}

function streamBacked({ kind, prefix, toStream, fromStream, keep, outputs }: Conversion): Driver {
  const stream = (spec: Fields) => `${prefix}${spec.name}`;
  return {
    ...streamApi,
    kind,
    nameOf: (spec) => String(spec.name),
    target: stream,
    idOf: (spec) => String(spec.name),
    locate: (id) => ({ name: id }),
    toBase: (spec, live) => normalizeSpec("stream", { ...toStream(spec), ...(live && keep?.(spec, live)) }),
    fromBase: (base) => normalizeSpec(kind, fromStream(base as Fields & { name: string })),
    outputs,
  };
}

export const streamDriver = streamBacked({
  kind: "stream",
  prefix: "",
  toStream: (spec) => spec,
  fromStream: (stream) => stream,
  outputs: (base) => ({ subjects: base.subjects ?? (base.mirror || base.sources ? [] : [base.name]) }),
});

export const keyValueDriver = streamBacked({
  kind: "key-value bucket",
  ...bucketKinds["key-value bucket"],
  // Once allowed, TTLs of messages stay allowed: the server refuses to take them back.
  keep: (spec, live) => {
    const allowed = live.allowMsgTtl || live.subjectDeleteMarkerTtl;
    return allowed && !spec.limitMarkerTtl ? { allowMsgTtl: true } : {};
  },
  outputs: (base) => ({ stream: base.name }),
});

export const objectStoreDriver = streamBacked({
  kind: "object store",
  ...bucketKinds["object store"],
  outputs: (base) => ({ stream: base.name }),
});
