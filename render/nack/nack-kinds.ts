import type { SpecKind } from "../../model/finding";

/** The version of NACK's resources that is written and read. */
export const NACK_API_VERSION = "jetstream.nats.io/v1beta2";

/** Every version of NACK's resources begins so. */
export const NACK_GROUP = "jetstream.nats.io/";

/** NACK's kind of each kind of asset. */
export const nackKinds: Readonly<Record<SpecKind, string>> = {
  stream: "Stream",
  consumer: "Consumer",
  "key-value bucket": "KeyValue",
  "object store": "ObjectStore",
};

/** The kind of asset a resource declares; `undefined` for what declares none. */
export function assetKindOf(kind: unknown): SpecKind | undefined {
  return (Object.keys(nackKinds) as SpecKind[]).find((asset) => nackKinds[asset] === kind);
}
