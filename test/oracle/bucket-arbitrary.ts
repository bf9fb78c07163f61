import fc from "fast-check";
import type { Asset } from "./asset";
import type { Setting } from "./setting";
import { sourceOf } from "./source-arbitrary";
import { type FieldTable, sparse } from "./sparse";
import { commonStreamFields } from "./stream-fields";
import { republishArbitrary } from "./transform-arbitrary";

/** Names of key-value buckets. */
export const KEY_VALUE_NAMES = ["K", "L"] as const;
/** Names of object stores. */
export const OBJECT_STORE_NAMES = ["O"] as const;

function bucketFields(setting: Setting, wild: boolean): FieldTable {
  const { description, maxAge, maxBytes, storage, replicas, placement, metadata, dataClass } = commonStreamFields(
    setting,
    wild,
  );
  const table = {
    description,
    ttl: maxAge,
    maxBytes,
    storage,
    placement,
    metadata,
    dataClass,
    compression: fc.boolean(),
  };
  const fits = fc.constantFrom(...[1, 3].filter((count) => count <= setting.servers));
  return { ...table, replicas: wild ? replicas : fits } as FieldTable;
}

/** A key-value bucket of this name. */
export function keyValueArbitrary(name: string, setting: Setting): fc.Arbitrary<Asset> {
  const of = (wild: boolean) => {
    const origin = sourceOf(
      [...KEY_VALUE_NAMES, "GONE"].filter((other) => wild || other !== name),
      wild,
    );
    const fields = {
      ...bucketFields(setting, wild),
      history: fc.constantFrom(1, 5, 64),
      maxValueSize: fc.constantFrom(-1, 0, 1, 100, "1KiB", "64KiB"),
      republish: wild ? republishArbitrary : fc.constantFrom({ src: "$KV.>", dest: "kv.>" }),
      limitMarkerTtl: fc.constantFrom("0s", "1s", "1m"),
      mirror: origin,
      sources: fc.array(origin, { minLength: 0, maxLength: 2 }),
    };
    return sparse(fields, wild ? 4 : 8);
  };
  return fc
    .oneof({ weight: 7, arbitrary: of(false) }, of(true))
    .map((spec) => ({ kind: "key-value bucket", spec: { name, ...spec } }));
}

/** An object store of this name. */
export function objectStoreArbitrary(name: string, setting: Setting): fc.Arbitrary<Asset> {
  const of = (wild: boolean) => {
    const more: FieldTable = wild ? { sealed: fc.boolean() } : {};
    return sparse({ ...bucketFields(setting, wild), ...more, allowBatched: fc.boolean() }, wild ? 4 : 8);
  };
  return fc
    .oneof({ weight: 7, arbitrary: of(false) }, of(true))
    .map((spec) => ({ kind: "object store", spec: { name, ...spec } }));
}
