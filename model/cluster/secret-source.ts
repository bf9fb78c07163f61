import { z } from "zod";
import type { DeepReadonly } from "../deep-readonly";

const text = (what: string) => z.string(`must be ${what}`).min(1, `must be ${what}`);

/** A key of a Kubernetes Secret that exists in the cluster's namespace. */
export const secretKeySchema = z.strictObject({
  /** Name of the Secret. */
  secretName: text("the name of a Secret"),
  /**
   * Key within it. A value that goes into the server's configuration must be one the configuration's parser reads as a
   * text: letter first, letters and digits after it, or with double quotes around it.
   */
  key: text("a key of the Secret"),
});

/** The text of a file on the machine that starts the server, white space at its ends left out. */
export const secretFileSchema = z.strictObject({
  /** Path of the file, relative to the folder the command runs in. */
  file: text("a path"),
});

/** An environment variable of the process that starts the server. */
export const secretEnvSchema = z.strictObject({
  /** Name of the variable. */
  env: z.string("must be a name").regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "must be the name of an environment variable"),
});

/** The secret itself: for programs that hold it as a secret value, never for a file that is kept. */
export const secretValueSchema = z.strictObject({
  /** The secret. Never part of a rendered configuration: it travels in a Secret or an environment variable. */
  value: text("a text"),
});

/** Where a secret comes from. Rendered files refer to it; none of them contains it. */
export const secretSourceSchema = z.union(
  [secretKeySchema, secretFileSchema, secretEnvSchema, secretValueSchema],
  'must be one of { secretName, key }, { file }, { env } and { value: "…" }',
);

export type SecretSource = DeepReadonly<z.infer<typeof secretSourceSchema>>;
