import { type Declared, declaredName } from "../../model/declared";
import type { Finding } from "../../model/finding";
import { normalizeSpec } from "../../model/normalize";
import { isObject } from "../../model/walk";

type Fields = Readonly<Record<string, unknown>>;

/** What has to be written because another asset of the set says it. */
export interface Implied {
  readonly implied: Fields;
  readonly findings: readonly Finding[];
}

const NOTHING: Implied = { implied: {}, findings: [] };

/**
 * What servers fill in from other assets: the origin's `allowDirect` on a mirror, a stream's limits on its consumers. NACK
 * asks them strictly (since 2.11), and then they refuse to.
 */
export function impliedByOthers(asset: Declared, streams: ReadonlyMap<string, Fields>): Implied {
  if (asset.kind === "stream") return mirrored(asset, streams);
  return asset.kind === "consumer" ? limited(asset, streams) : NOTHING;
}

function mirrored(asset: Declared, streams: ReadonlyMap<string, Fields>): Implied {
  const { mirror, mirrorDirect } = asset.spec;
  if (!isObject(mirror) || isObject(mirror.external)) return NOTHING;
  const origin = streams.get(String(mirror.name));
  if (origin) return { implied: { mirrorDirect: origin.allowDirect === true }, findings: [] };
  const finding: Finding = {
    code: "NK203",
    severity: "warning",
    kind: "stream",
    name: declaredName(asset),
    field: "mirrorDirect",
    value: mirrorDirect,
    problem: `is ${mirrorDirect === true}, and "${mirror.name}" is not in this set: NACK cannot make the mirror where that stream's allowDirect is another`,
    remedy: "Set mirrorDirect to the allowDirect of the origin.",
  };
  return { implied: {}, findings: [finding] };
}

function limited({ kind, spec }: Declared, streams: ReadonlyMap<string, Fields>): Implied {
  const limits = streams.get(String(spec.stream))?.consumerLimits;
  if (!isObject(limits)) return NOTHING;
  const own = normalizeSpec(kind, spec);
  const missing = Object.entries(limits).filter(([field, limit]) => own[field] === undefined && limit !== -1);
  return { implied: Object.fromEntries(missing), findings: [] };
}
