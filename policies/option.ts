/** A JSON schema as the engine takes it for one option of a policy. */
export interface OptionSchema {
  readonly type: "string" | "number" | "integer" | "boolean" | "array";
  readonly items?: { readonly type: "string" };
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
}

/** One setting of a rule. */
export interface Option<T> {
  /** What it does, a sentence. */
  readonly description: string;
  readonly default: T;
  readonly schema: OptionSchema;
  /** How a message says what is expected: `must be a duration such as "7d"`. */
  readonly wanted: string;
  readonly accepts: (value: unknown) => boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: the value's type is each option's own
export type Options = Readonly<Record<string, Option<any>>>;

/** The values of a rule's options. */
export type OptionValues<O extends Options> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };

/** The values of options, where nothing else is configured. */
export function defaultsOf<O extends Options>(options: O): OptionValues<O> {
  return Object.fromEntries(Object.entries(options).map(([key, option]) => [key, option.default])) as OptionValues<O>;
}
