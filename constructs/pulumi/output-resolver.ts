import * as pulumi from "@pulumi/pulumi";

/** What a resolver is shown of a value: cdk8s' `ResolutionContext`, as far as it is used. */
export interface ResolvedValue {
  readonly value: unknown;
  replaceValue(value: unknown): void;
}

// cdk8s wants plain values, and cannot wait: a token stands for an output until the manifest is made.
let tokens = 0;

/**
 * Lets charts hold Outputs: `new App({ resolvers: [resolver] })` synthesizes them as tokens, and `restore` puts them back
 * into what was synthesized.
 *
 * @example
 * const resolver = new hw.OutputResolver();
 * const chart = new ShopChart(new App({ resolvers: [resolver] }), "shop", { url: cluster.url });
 * new k8s.yaml.v2.ConfigGroup("shop", { objs: chart.toJson().map((object) => resolver.restore(object)) });
 */
export class OutputResolver {
  readonly #byToken = new Map<string, pulumi.Output<unknown>>();
  readonly #byOutput = new Map<unknown, string>();

  /** Called by cdk8s for every value of a manifest. */
  resolve(context: ResolvedValue): void {
    const { value } = context;
    if (pulumi.Output.isInstance(value) || value instanceof Promise) context.replaceValue(this.#tokenOf(value));
  }

  /** The manifest with its outputs. Throws a `RunError` for a whole number Pulumi would not carry as it is. */
  restore<T>(manifest: T): T {
    return this.#restored(manifest, "") as T;
  }

  #tokenOf(value: pulumi.Output<unknown> | Promise<unknown>): string {
    const token = this.#byOutput.get(value) ?? `headwater-output-${++tokens}-`;
    this.#byOutput.set(value, token);
    this.#byToken.set(token, pulumi.output(value));
    return token;
  }

  #restored(value: unknown, path: string): unknown {
    if (typeof value === "string") return this.#restoredText(value);
    if (typeof value === "bigint") throw new pulumi.RunError(inexact(path, value));
    if (Array.isArray(value)) return value.map((item, i) => this.#restored(item, `${path}[${i}]`));
    if (typeof value !== "object" || value === null) return value;
    const below = (key: string) => (path === "" ? key : `${path}.${key}`);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.#restored(item, below(key))]));
  }

  #restoredText(text: string): unknown {
    const whole = this.#byToken.get(text);
    if (whole) return whole;
    // A construct may have put the token into a longer text.
    const parts = text.split(/(headwater-output-\d+-)/);
    if (parts.length === 1) return text;
    return pulumi.all(parts.map((part) => this.#byToken.get(part) ?? part)).apply((known) => known.join(""));
  }
}

function inexact(path: string, value: bigint): string {
  return `${path} is ${value}, and whole numbers in Pulumi are exact up to 2^53. Round it to ${Number.MAX_SAFE_INTEGER} or less, or apply the chart without Pulumi.`;
}
