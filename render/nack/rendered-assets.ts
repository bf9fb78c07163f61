import { type Declared, declaredName } from "../../model/declared";
import type { Finding } from "../../model/finding";
import { isObject } from "../../model/walk";
import { accountKey, type NackConnection } from "./connection";
import { isNackObject, readNack } from "./read-nack";

/** Where an asset is: how NACK reaches its account, from which namespace. */
export interface NackPlace {
  /** @default - as the controller was started */
  readonly connection?: NackConnection;
  /** @default - not known */
  readonly namespace?: string;
}

/** An asset of a rendered resource. */
export interface RenderedAsset extends NackPlace {
  readonly declared: Declared;
  /** `metadata.name` of the resource. */
  readonly resource: string;
  /** True when NACK was not to edit it: what the server has need not be what the resource says. */
  readonly preventUpdate: boolean;
  /** What is wrong with the resource. */
  readonly findings: readonly Finding[];
}

/** What was rendered before. */
export interface RenderedAssets {
  readonly all: readonly RenderedAsset[];
  /** The asset of that name in that account, where it could be read; one whose namespace is not known is in any. */
  readonly find: (asset: Pick<Declared, "kind" | "spec">, place: NackPlace) => RenderedAsset | undefined;
}

/** The assets among objects; a `List` is taken apart, and what is no resource of NACK says nothing of assets. */
export function renderedAssets(objects: readonly unknown[]): RenderedAssets {
  const all = objects.flatMap(itemsOf).flatMap(readObject);
  const whole = all.filter(({ findings }) => findings.every(({ code }) => code !== "NK302"));
  const byName = Map.groupBy(whole, ({ declared }) => keyOf(declared));
  return {
    all,
    find: (asset, place) => {
      const near = (byName.get(keyOf(asset)) ?? []).filter((one) => mayBeSame(one, place));
      const same = near.filter(({ namespace }) => namespace === place.namespace);
      const [found, ...others] = same.length > 0 ? same : near;
      return others.length === 0 ? found : undefined;
    },
  };
}

const keyOf = (asset: Pick<Declared, "kind" | "spec">) => `${asset.kind} ${declaredName(asset)}`;

// Charts may leave the namespace to whoever applies them, and the cluster always has one. Servers are the same ones from
// any namespace; an `Account` is of its own, and so may be the controller.
function mayBeSame({ connection, namespace }: NackPlace, other: NackPlace): boolean {
  const isOpen = namespace === undefined || other.namespace === undefined || namespace === other.namespace;
  const isFar = connection !== undefined && "servers" in connection;
  return (isOpen || isFar) && accountKey(connection) === accountKey(other.connection);
}

/** The objects of a `List`, or the object itself. */
export function itemsOf(value: unknown): readonly unknown[] {
  const isList = isObject(value) && typeof value.kind === "string" && value.kind.endsWith("List");
  return isList && Array.isArray(value.items) ? value.items : [value];
}

function readObject(value: unknown): RenderedAsset[] {
  if (!isNackObject(value)) return [];
  const { declared, findings } = readNack(value);
  if (!declared) return [];
  const { spec, metadata = {} } = value as { spec: Record<string, never>; metadata?: Record<string, string> };
  const { account, servers, jsDomain, preventUpdate } = spec;
  const domain = jsDomain === undefined ? {} : { jsDomain };
  const connection = account ? { account, ...domain } : servers ? { servers, ...domain } : undefined;
  const { name = "?", namespace } = metadata;
  return [{ declared, connection, namespace, resource: name, preventUpdate: preventUpdate === true, findings }];
}
