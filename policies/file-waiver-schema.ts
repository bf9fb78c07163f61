import { z } from "zod";
import type { AssetKind } from "../model/finding";
import { waiverSchema } from "../model/waiver-schema";

const KINDS = [
  "stream",
  "consumer",
  "key-value bucket",
  "object store",
  "cluster",
  "event bus",
] as const satisfies readonly AssetKind[];

/** The shape of a waiver in a policy file. */
export const fileWaiverSchema = z.strictObject({
  ...waiverSchema.shape,
  /** Name of the asset. */
  name: z.string("must be a name").regex(/\S/, "must be a name"),
  /** Kind of the asset. */
  kind: z.enum(KINDS).optional(),
});
