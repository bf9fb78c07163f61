import { consumerFields } from "./consumer-spec";
import { normalizeSpec } from "./normalize";
import { readMetadata, stampMetadata } from "./stamp";
import { streamFields } from "./stream-spec";
import { fromWire, toWire, type WireConfig } from "./wire";

type Fields = Readonly<Record<string, unknown>>;

/** What a live asset's configuration says, in the model's words. */
export interface LiveSpec {
  /** Normal form, with the values the server filled in. */
  readonly spec: Fields;
  /** The ownership stamp, `project/stack/resource`. */
  readonly owner?: string;
}

/** The full configuration of a stream as the API wants it, stamped with its owner. */
export function streamConfig(spec: Fields, owner?: string): WireConfig {
  // Sealing turns these on, and the server checks that they stay on before it looks at the seal.
  const sealed = spec.sealed === true ? { deny_delete: true, deny_purge: true } : {};
  return stamped({ ...toWire(streamFields, spec), ...sealed }, spec, owner);
}

/** The full configuration of a durable consumer as the API wants it. */
export function consumerConfig(spec: Fields, owner?: string): WireConfig {
  const { kind: _, stream: __, name, ...config } = toWire(consumerFields, spec);
  return stamped({ ...config, durable_name: name, name }, spec, owner);
}

function stamped(config: Fields, spec: Fields, owner?: string): WireConfig {
  const { data_class: _, metadata: __, ...rest } = config;
  const metadata = stampMetadata(spec.metadata as Record<string, string>, owner, spec.dataClass as string);
  return Object.keys(metadata).length > 0 ? { ...rest, metadata } : rest;
}

/** Reads a stream's configuration as the server echoes it. */
export function readStreamConfig(config: WireConfig): LiveSpec {
  return live("stream", fromWire(streamFields, config), config);
}

/** Reads a consumer's configuration as the server echoes it. */
export function readConsumerConfig(stream: string, config: WireConfig): LiveSpec {
  const kind = config.deliver_subject ? "push" : "pull";
  const name = config.durable_name ?? config.name;
  return live("consumer", { ...fromWire(consumerFields, config), kind, stream, name }, config);
}

function live(kind: "stream" | "consumer", spec: Fields, config: WireConfig): LiveSpec {
  const { metadata, owner, dataClass } = readMetadata(config.metadata as Record<string, string>);
  return { spec: normalizeSpec(kind, { ...spec, metadata, dataClass }), owner };
}
