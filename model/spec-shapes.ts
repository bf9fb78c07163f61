import { z } from "zod";
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
  readonly schemaFor: (spec: unknown) => z.ZodObject;
  readonly defaults: Defaults;
}

const consumerSchemas = new Map<unknown, z.ZodObject>([
  ["pull", pullConsumerSchema],
  ["push", pushConsumerSchema],
]);
// Which fields it may have and which it needs is said once its kind is known: the kind comes first.
const { kind: anyKind, deliverSubject, ...eitherKind } = consumerFields.shape;
const kindlessConsumerSchema = z.strictObject({
  kind: anyKind,
  ...eitherKind,
  deliverSubject: deliverSubject.optional(),
});

export const specShapes: Readonly<Record<SpecKind, SpecShape>> = {
  stream: {
    fields: streamFields,
    schemaFor: (spec) => (isObject(spec) && spec.mirror !== undefined ? mirrorStreamSchema : ownStreamSchema),
    defaults: streamDefaults,
  },
  consumer: {
    fields: consumerFields,
    schemaFor: (spec) => consumerSchemas.get(isObject(spec) ? spec.kind : undefined) ?? kindlessConsumerSchema,
    defaults: consumerDefaults,
  },
  "key-value bucket": { fields: keyValueSchema, schemaFor: () => keyValueSchema, defaults: keyValueDefaults },
  "object store": { fields: objectStoreSchema, schemaFor: () => objectStoreSchema, defaults: objectStoreDefaults },
};
