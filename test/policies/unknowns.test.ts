import { formatFinding } from "../../model/finding";
import { buildSystem } from "../../policies/build-system";
import { rules } from "../../policies/rules";
import { runRules } from "../../policies/run-rules";
import { resolveSettings } from "../../policies/settings";
import { declaredIn } from "../../preflight/preflight";
import * as baseline from "./support/baseline";
import { holdsUnknown, UNKNOWN } from "./support/judge";

type Path = readonly (string | number)[];
// biome-ignore lint/suspicious/noExplicitAny: data is broken on purpose
type Loose = any;

const settings = resolveSettings(rules, "prod");

/** Every value of the baseline that a program could take from somewhere else: fields, and what is in them. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const own = path.length > 0 ? [path] : [];
  return [...own, ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]))];
}

function withUnknown(value: object, path: Path): Loose {
  const copy = structuredClone(value) as Loose;
  const parent = path.slice(0, -1).reduce<Loose>((at, key) => at[key], copy);
  parent[path.at(-1) as string] = UNKNOWN;
  return copy;
}

const assets = declaredIn(baseline.topology);
// Whether a value is known never decides which kind of asset it is in.
const cases = assets.flatMap((asset, i) =>
  pathsIn(asset.spec)
    .filter(([key]) => key !== "kind")
    .map((path) => [`${asset.kind} ${asset.spec.name}: ${path.join(".")}`, i, path] as const),
);

it.each(cases)("raises no false alarm where it is not known yet: %s", (_, i, path) => {
  const declared = assets.map((asset, j) =>
    i === j ? { ...asset, spec: withUnknown(asset.spec, path), isUnknown: holdsUnknown, by: "resource" } : asset,
  );
  const system = buildSystem([{ declared }], [{ spec: baseline.cluster }]);
  expect(runRules(system, settings).map(formatFinding)).toEqual([]);
});

it.each(pathsIn(baseline.cluster).map((path) => [path.join("."), path] as const))(
  "raises no false alarm where it is not known yet: cluster %s",
  (_, path) => {
    const cluster = { spec: withUnknown(baseline.cluster, path), isUnknown: holdsUnknown };
    const system = buildSystem([{ declared: assets }], [cluster]);
    expect(runRules(system, settings).map(formatFinding)).toEqual([]);
  },
);
