import type { z } from "zod";
import { consumerFields, pullConsumerSchema, pushConsumerSchema } from "./consumer-spec";
import { consumerDefaults, type Defaults, keyValueDefaults, objectStoreDefaults, streamDefaults } from "./defaults";
import type { SpecKind } from "./finding";
import { keyValueSchema } from "./key-value-spec";
import { objectStoreSchema } from "./object-store-spec";
import { mirrorStreamSchema, ownStreamSchema, streamFields } from "./stream-spec";
import { isObject } from "./walk";

/** What differs from kind to kind, in one table. */
export interface SpecShape {
  /** Every field the kind can have, in documentation order. */
  readonly fields: z.ZodObject;
  /** The schema that checks one spec; alternatives depend on the value. */
  readonly schemaFor: (spec: unknown) => z.ZodType;
  readonly defaults: Defaults;
}

export const specShapes: Readonly<Record<SpecKind, SpecShape>> = {
  stream: {
    fields: streamFields,
    schemaFor: (spec) => (isObject(spec) && spec.mirror !== undefined ? mirrorStreamSchema : ownStreamSchema),
    defaults: streamDefaults,
  },
  consumer: {
    fields: consumerFields,
    schemaFor: (spec) => (isObject(spec) && spec.kind === "push" ? pushConsumerSchema : pullConsumerSchema),
    defaults: consumerDefaults,
  },
  "key-value bucket": { fields: keyValueSchema, schemaFor: () => keyValueSchema, defaults: keyValueDefaults },
  "object store": { fields: objectStoreSchema, schemaFor: () => objectStoreSchema, defaults: objectStoreDefaults },
};
