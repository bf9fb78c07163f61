import { z } from "zod";
import type { DeepReadonly } from "./deep-readonly";
import { bucketShape } from "./key-value-spec";

/** An object store: the stream `OBJ_<name>` as every NATS client expects it (ADR-20). */
export const objectStoreSchema = z.strictObject({
  ...bucketShape,
  /**
   * Nothing can be put or deleted any more. One-way, and refused on creation: create first, seal later.
   * @default false
   */
  sealed: z.boolean().optional(),
  /**
   * Accept fast batches of chunks. Since 2.14. Changed in place.
   * @default false
   */
  allowBatched: z.boolean().optional(),
});

/** An object store. */
export type ObjectStoreSpec = DeepReadonly<z.infer<typeof objectStoreSchema>>;
