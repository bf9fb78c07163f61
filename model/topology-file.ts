import type { Finding, SpecKind } from "./finding";
import { formatPlace, type LocatedFinding, type Path, type Place, parsePath } from "./place";
import { type DeclaredAsset, type DeclaredExternal, declaredSet } from "./topology-shape";
import type { TopologySource } from "./topology-source";
import type { TopologySpec } from "./topology-spec";
import { sameValue } from "./walk";

/** One asset of a set, and where it is declared. */
export interface LocatedAsset {
  readonly kind: SpecKind;
  readonly name: string;
  readonly place: Place;
}

/** Everything several documents and files declare, as one set. */
export interface TopologySet {
  readonly topology: TopologySpec;
  readonly assets: readonly LocatedAsset[];
  /** What is wrong with the documents themselves. */
  readonly findings: readonly LocatedFinding[];
  /** Gives findings about the topology the place they are about. */
  readonly locate: (findings: readonly Finding[]) => LocatedFinding[];
}

/** Merges documents into one set. A name that is declared twice counts once, where it came first. */
export function mergeTopologies(sources: readonly TopologySource[]): TopologySet {
  const read = sources.map(declaredSet);
  const declared = read.flatMap(({ assets }) => assets);
  const { kept, twins } = withoutTwins(declared);
  const externals = mergeExternals(read.flatMap((set) => set.externals));
  const byName = (kind: SpecKind) =>
    Object.fromEntries(kept.filter((asset) => asset.kind === kind).map(({ name, spec }) => [name, spec]));
  const topology = {
    streams: byName("stream"),
    keyValues: byName("key-value bucket"),
    objectStores: byName("object store"),
    consumers: kept.filter(({ kind }) => kind === "consumer").map(({ spec }) => spec),
    external: externals.merged,
  } as unknown as TopologySpec;
  return {
    topology,
    assets: kept.map(({ kind, name, source, path }) => ({ kind, name, place: source.place(path) })),
    findings: [...read.flatMap(({ findings }) => findings), ...twins, ...externals.findings],
    locate: (findings) => locate(findings, kept),
  };
}

const keyOf = (kind: string, name: string) => `${kind} ${name}`;

function twinFinding(kind: SpecKind, name: string, place: Place, problem: string, remedy: string): LocatedFinding {
  return { code: "TF105", severity: "error", kind, name, field: "", problem, remedy, ...place };
}

function withoutTwins(declared: readonly DeclaredAsset[]) {
  const first = new Map<string, DeclaredAsset>();
  const twins: LocatedFinding[] = [];
  const kept = declared.filter((asset) => {
    const { kind, name, source, path } = asset;
    const known = first.get(keyOf(kind, name));
    // A consumer without a name is no twin of another one.
    if (!known || (kind === "consumer" && name.split("/").includes("?"))) {
      first.set(keyOf(kind, name), asset);
      return true;
    }
    const problem = `is declared more than once, first at ${formatPlace(known.source.place(known.path))}`;
    const remedy = "Remove one of the two, or give it another name.";
    twins.push(twinFinding(kind, name, source.place(path), problem, remedy));
    return false;
  });
  return { kept, twins };
}

// Several files may refer to the same stream elsewhere, as long as they agree about it.
function mergeExternals(externals: readonly DeclaredExternal[]) {
  const first = new Map<string, DeclaredExternal>();
  const findings: LocatedFinding[] = [];
  for (const external of externals) {
    const { name, subjects, place } = external;
    const known = first.get(name);
    if (!known?.subjects) first.set(name, external);
    else if (subjects && !sameValue([...subjects].sort(), [...known.subjects].sort())) {
      const problem = `is external with other subjects at ${formatPlace(known.place)}`;
      const remedy = "Write the same subjects in both, or leave them out in one.";
      findings.push(twinFinding("stream", name, place, problem, remedy));
    }
  }
  const merged = Object.fromEntries([...first].map(([name, { subjects }]) => [name, subjects ? { subjects } : {}]));
  return { merged, findings };
}

function locate(findings: readonly Finding[], kept: readonly DeclaredAsset[]): LocatedFinding[] {
  const places = new Map<string, DeclaredAsset[]>();
  for (const asset of kept) {
    const key = keyOf(asset.kind, asset.name);
    places.set(key, [...(places.get(key) ?? []), asset]);
  }
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const assets = candidates(finding, places.get(keyOf(finding.kind, finding.name)) ?? []);
    const same = [finding.kind, finding.name, finding.code, finding.field].join(" ");
    const nth = seen.get(same) ?? 0;
    seen.set(same, nth + 1);
    const asset = assets[Math.min(nth, assets.length - 1)];
    return asset ? { ...finding, ...asset.source.place([...asset.path, ...parsePath(finding.field)]) } : finding;
  });
}

// Consumers without a name share "?": the field tells them apart, and equal findings come in the order of the consumers.
function candidates({ field, problem }: Finding, assets: readonly DeclaredAsset[]): readonly DeclaredAsset[] {
  if (assets.length < 2) return assets;
  const isMissing = problem === "is required";
  const fitting = assets.filter(({ spec }) => (valueAt(spec, parsePath(field)) === undefined) === isMissing);
  return fitting.length > 0 ? fitting : assets;
}

function valueAt(spec: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined | null)?.[key], spec);
}
