import { z } from "zod";
import { intField } from "./fields";

/** A taint of nodes that pods bear, as Kubernetes has it. */
export const tolerationSchema = z.strictObject({
  /**
   * Key of the taint.
   * @default - every key
   */
  key: z.string("must be a key").min(1, "must be a key").optional(),
  /**
   * How the taint is compared.
   * @default "Equal"
   */
  operator: z.enum(["Exists", "Equal"]).optional(),
  /**
   * Value of the taint.
   * @default - none
   */
  value: z.string("must be a text").optional(),
  /**
   * Effect of the taint.
   * @default - every effect
   */
  effect: z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]).optional(),
  /**
   * How long a `NoExecute` taint is borne, in seconds.
   * @default - for ever
   */
  tolerationSeconds: intField(0).optional(),
});
