import { bucketKinds } from "../../model/bucket-stream";
import { consumerConfig, streamConfig } from "../../model/config";
import type { SpecKind } from "../../model/finding";
import { normalizeSpec } from "../../model/normalize";
import type { TopologySpec } from "../../model/topology-spec";
import type { WireConfig } from "../../model/wire";

/** A stream or consumer as the server's API has it: a bucket is the stream behind it. */
export interface CliAsset {
  /** As it is declared. */
  readonly kind: SpecKind;
  /** As messages name it: a consumer is `STREAM/NAME`. */
  readonly name: string;
  /** Name of the stream on the server: of a bucket's, or of the one a consumer reads. */
  readonly stream: string;
  /** A consumer's own name. */
  readonly consumer?: string;
  readonly config: WireConfig;
}

// What the tool refuses to leave to the server.
function withNeeded(config: WireConfig): WireConfig {
  const republish = config.republish as object | undefined;
  return { num_replicas: 1, ...config, ...(republish && { republish: { src: ">", ...republish } }) };
}

type Fields = Readonly<Record<string, unknown>>;

/** Every asset of a topology with its configuration: streams and buckets first, consumers after them. */
export function cliAssets({ streams, keyValues, objectStores, consumers }: TopologySpec): CliAsset[] {
  return [
    ...named(streams, "stream", (spec) => spec),
    ...named(keyValues, "key-value bucket", (spec) => bucketKinds["key-value bucket"].toStream(spec)),
    ...named(objectStores, "object store", (spec) => bucketKinds["object store"].toStream(spec)),
    ...(consumers ?? []).map((declared): CliAsset => {
      const spec = normalizeSpec("consumer", specOf(declared));
      const [stream, consumer] = [String(spec.stream), String(spec.name)];
      return { kind: "consumer", name: `${stream}/${consumer}`, stream, consumer, config: consumerConfig(spec) };
    }),
  ];
}

function named(map: object | undefined, kind: SpecKind, toStream: (spec: Fields) => object): CliAsset[] {
  return Object.entries(map ?? {}).map(([name, declared]) => {
    const stream = normalizeSpec("stream", toStream({ ...specOf(declared), name }));
    return { kind, name, stream: String(stream.name), config: withNeeded(streamConfig(stream)) };
  });
}

// What a topology says of an asset besides is not for servers.
function specOf(declared: object): Fields {
  const { waive: _, allow: __, ...spec } = declared as Fields;
  return spec;
}
