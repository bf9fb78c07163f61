import { createHash } from "node:crypto";
import { type Declared, declaredName } from "../../model/declared";

const MOST = 253;
const HASH = 8;

/** A name of Kubernetes (RFC 1123) made from an asset's: `ORDERS_DLQ` is `orders-dlq`, consumer `ORDERS/ship` `orders-ship`. */
export function metadataName(asset: Pick<Declared, "kind" | "spec">): string {
  const folded = fold(declaredName(asset));
  return folded === "" || folded.length > MOST ? hashedName(asset) : folded;
}

/**
 * Names of assets of one set, in their order. Where two of a kind would have the same one, each gets a hash of its own name
 * behind it, except the one that is already called so.
 */
export function metadataNames(assets: readonly Pick<Declared, "kind" | "spec">[]): string[] {
  const plain = assets.map((asset) => `${asset.kind} ${metadataName(asset)}`);
  const counts = new Map<string, number>();
  for (const name of plain) counts.set(name, (counts.get(name) ?? 0) + 1);
  return assets.map((asset, i) => {
    const name = metadataName(asset);
    const alone = (counts.get(plain[i] as string) ?? 0) < 2 || declaredName(asset) === name;
    return alone ? name : hashedName(asset);
  });
}

function fold(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

function hashedName(asset: Pick<Declared, "kind" | "spec">): string {
  const name = declaredName(asset);
  const hash = createHash("sha256").update(name).digest("hex").slice(0, HASH);
  const start = fold(name)
    .slice(0, MOST - HASH - 1)
    .replace(/-+$/, "");
  return start === "" ? `${asset.kind.replace(/[^a-z]/g, "-")}-${hash}` : `${start}-${hash}`;
}
