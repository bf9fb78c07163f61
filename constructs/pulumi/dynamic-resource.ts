import * as pulumi from "@pulumi/pulumi";
import type { Finding, SpecKind } from "../../model/finding";
import { type HandlerName, typeTokens } from "../../model/type-tokens";
import { isObject, showValue } from "../../model/walk";
import { declare } from "./program-registry";
import { report } from "./report";

/** What differs between the resource classes. */
export interface ResourceShape {
  readonly kind: SpecKind;
  readonly handler: HandlerName;
  /** Tells this kind's stamps from those of a `Stream` that declares the same stream. */
  readonly stampPrefix?: string;
  /** Output-only properties. */
  readonly outputs: readonly string[];
}

export type Props = Readonly<Record<string, unknown>>;

const CONTROL: ReadonlySet<string> = new Set(["onDelete", "adopt", "allow", "replace", "waive"]);

/**
 * The text Pulumi stores with every resource and runs in its provider process: a constant, so that state stays small and
 * the installed package is always the one that runs. `createRequire` finds the package from the project's folder, also
 * where the project is the package itself.
 */
export function providerCode(handler: HandlerName): string {
  return `exports.handler=()=>require("module").createRequire(process.cwd()+"/")("headwater/provider").${handler}`;
}

/** A dynamic resource without Pulumi's closure serializer: what is known is checked before it is registered. */
export abstract class DynamicResource extends pulumi.CustomResource {
  /** `known` are values of pending arguments that are known all the same. */
  protected constructor(
    shape: ResourceShape,
    name: string,
    args: Props,
    opts: pulumi.CustomResourceOptions = {},
    known?: Props,
  ) {
    if (!isObject(args)) report([noArguments(shape.kind, name, args)]);
    const type = typeTokens[shape.handler];
    const reading = opts.id !== undefined;
    const props = reading ? args : { name, ...defined(args) };
    if (!reading) report(check(shape, name, { ...props, ...known }, opts));
    const outputs = Object.fromEntries(shape.outputs.map((key) => [key, props[key]]));
    const owner = ownerOf(`${shape.stampPrefix ?? ""}${name}`, name, type, opts.parent);
    // A name exists once on a server: a replacement made first would be the very asset that is then deleted.
    const options = { deleteBeforeReplace: true, ...opts };
    super(type, name, { ...outputs, ...props, owner, __provider: providerCode(shape.handler) }, options);
    if (typeof props.name === "string") names.set(this, props.name);
  }
}

function noArguments(kind: SpecKind, name: string, args: unknown): Finding {
  const problem = `must have its arguments in an object, got ${showValue(args)}`;
  return { code: "SP101", severity: "error", kind, name, field: "", problem, remedy: "Write {} for none." };
}

const names = new WeakMap<object, string>();

/** The name of a resource of this program, where it is known before anything is deployed. */
export function knownName(resource: object): string | undefined {
  return names.get(resource);
}

function check(shape: ResourceShape, resource: string, props: Props, opts: pulumi.CustomResourceOptions): Finding[] {
  const spec = Object.fromEntries(Object.entries(props).filter(([key]) => !CONTROL.has(key)));
  const provider = providerOf(typeTokens[shape.handler], opts);
  return declare(provider, { kind: shape.kind, spec, isUnknown: isPending, by: resource, waive: props.waive });
}

/** True for a value that is known only while the program is deployed, or holds one. */
export function isPending(value: unknown): boolean {
  return holdsPending(value, new Set());
}

/** True for an output or a promise itself. */
export function isOutput(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

function holdsPending(value: unknown, seen: Set<unknown>): boolean {
  if (isOutput(value)) return true;
  if (typeof value !== "object" || value === null || seen.has(value)) return false;
  seen.add(value);
  return Object.values(value).some((inner) => holdsPending(inner, seen));
}

/** The provider a resource will get, as Pulumi itself decides it. */
export function providerOf(type: string, opts: pulumi.CustomResourceOptions): pulumi.ProviderResource | undefined {
  return opts.provider ?? opts.parent?.getProvider(type);
}

// `project/stack/resource`: what the ownership stamp says. A child carries its parents' types, as its URN does, so that a
// resource that moves into a component counts as another one.
function ownerOf(
  resource: string,
  name: string,
  type: string,
  parent: pulumi.Resource | undefined,
): pulumi.Input<string> {
  const own = (path: string) => `${pulumi.getProject()}/${pulumi.getStack()}/${path}`;
  if (!parent) return own(resource);
  const qualified = (urn: string) => {
    const parents = urn.split("::")[2]?.split("$").slice(0, -1).join("$");
    return own(parents ? `${parents}$${resource}` : resource);
  };
  // A promise, not an output: an output would depend on the parent, and a component depends on its children.
  return new Promise((resolve) => pulumi.createUrn(name, type, parent).apply((urn) => resolve(qualified(urn))));
}

export function defined(args: Props): Props {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
}
