import { keyValueToStream, objectStoreToStream } from "../../model/bucket-stream";
import { consumerConfig, streamConfig } from "../../model/config";
import type { KeyValueSpec } from "../../model/key-value-spec";
import { normalizeSpec } from "../../model/normalize";
import type { ObjectStoreSpec } from "../../model/object-store-spec";
import { type Asset, type Fields, streamOf } from "./asset";

/** A request of the JetStream API, without the prefix. */
export interface WireRequest {
  readonly subject: string;
  readonly body: unknown;
}

/** What is sent to create an asset. */
export function wireRequest(asset: Asset): WireRequest {
  const stream = streamOf(asset);
  if (asset.kind !== "consumer") {
    const config = streamConfig(normalizeSpec("stream", streamSpec(asset)));
    return { subject: `STREAM.CREATE.${stream}`, body: config };
  }
  const config = consumerConfig(normalizeSpec("consumer", asset.spec));
  return {
    subject: `CONSUMER.CREATE.${stream}.${asset.spec.name}`,
    body: { stream_name: stream, config, action: "create" },
  };
}

function streamSpec({ kind, spec }: Asset): object {
  if (kind === "key-value bucket") return keyValueToStream(spec as unknown as KeyValueSpec);
  return kind === "object store" ? objectStoreToStream(spec as unknown as ObjectStoreSpec) : (spec as Fields);
}
