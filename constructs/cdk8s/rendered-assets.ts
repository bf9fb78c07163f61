import type { Declared } from "../../model/declared";
import type { Finding } from "../../model/finding";
import { isObject } from "../../model/walk";
import { isNackObject, readNack } from "../../render/nack/read-nack";
import { accountKey } from "./connection";

/** An asset of a rendered resource. */
export interface RenderedAsset {
  readonly declared: Declared;
  /** The account it is in. */
  readonly account: string;
  /** `metadata.name` of the resource. */
  readonly resource: string;
  /** What is wrong with the resource. */
  readonly findings: readonly Finding[];
}

/** The assets among objects; a `List` is taken apart, and what is no resource of NACK says nothing of assets. */
export function renderedAssets(objects: readonly unknown[]): RenderedAsset[] {
  return objects.flatMap(itemsOf).flatMap(readObject);
}

/** The objects of a `List`, or the object itself. */
export function itemsOf(value: unknown): readonly unknown[] {
  return isObject(value) && value.kind === "List" && Array.isArray(value.items) ? value.items : [value];
}

function readObject(value: unknown): RenderedAsset[] {
  if (!isNackObject(value)) return [];
  const { declared, findings } = readNack(value);
  if (!declared) return [];
  const { spec, metadata } = value as { spec: Record<string, never>; metadata?: Readonly<Record<string, string>> };
  const { account, servers, jsDomain } = spec;
  const place = account ? { account, jsDomain } : servers ? { servers, jsDomain } : undefined;
  return [
    { declared, account: accountKey(place, metadata?.namespace), resource: String(metadata?.name ?? "?"), findings },
  ];
}
