import { isObject } from "../../model/walk";
import type { Asset, Fields } from "./asset";

// Without these an asset has no shape.
const REQUIRED = new Set(["name", "stream", "kind", "ackPolicy", "deliverSubject", "dest", "api"]);

/** Leaves out assets and fields one by one as long as the case still fails. */
export async function shrink(
  assets: readonly Asset[],
  fails: (assets: readonly Asset[]) => Promise<boolean>,
): Promise<readonly Asset[]> {
  for (const smaller of candidates(assets)) if (await fails(smaller)) return shrink(smaller, fails);
  return assets;
}

function* candidates(assets: readonly Asset[]): Generator<Asset[]> {
  for (const i of assets.keys()) yield assets.filter((_, at) => at !== i);
  for (const [i, { kind, spec }] of assets.entries())
    for (const smaller of smallerValues(spec)) yield assets.with(i, { kind, spec: smaller as Fields });
}

/** Values with one field or item left out, at any depth. */
export function* smallerValues(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const i of value.keys()) yield value.filter((_, at) => at !== i);
    for (const [i, item] of value.entries())
      for (const smaller of smallerValues(item)) yield value.map((other, at) => (at === i ? smaller : other));
  }
  if (!isObject(value)) return;
  for (const key of Object.keys(value).filter((name) => !REQUIRED.has(name)))
    yield Object.fromEntries(Object.entries(value).filter(([other]) => other !== key));
  for (const [key, inner] of Object.entries(value))
    for (const smaller of smallerValues(inner)) yield { ...value, [key]: smaller };
}
