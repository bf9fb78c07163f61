import type { AssetKind, Severity } from "../model/finding";
import type { LocatedFinding, Place } from "../model/place";

/** Something that was judged, and where it is declared. */
export interface JudgedAsset {
  readonly kind: AssetKind;
  readonly name: string;
  readonly place: Place;
}

/** Everything a check found out: the formats are made from it. */
export interface Report {
  /** As they were given. */
  readonly files: readonly string[];
  readonly assets: readonly JudgedAsset[];
  readonly findings: readonly LocatedFinding[];
  /** What the assets were judged against; `undefined` when a file could not be read and nothing was judged. */
  readonly judged?: { readonly version: string; readonly server?: string };
}

/** What was found about one asset, or about one file. */
export interface Group {
  readonly file: string;
  readonly kind: string;
  readonly name: string;
  readonly findings: readonly LocatedFinding[];
}

/** Findings by file in the order given, then by asset in the order written, errors of each first. */
export function groupFindings({ files, findings }: Report): Group[] {
  const groups = new Map<string, LocatedFinding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.file, finding.kind, finding.name]);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  const fileOrder = (file?: string) => (file === undefined ? files.length : files.indexOf(file));
  const line = (group: readonly LocatedFinding[]) => Math.min(...group.map((finding) => finding.line ?? 0));
  return [...groups.values()]
    .sort(([a, ...as], [b, ...bs]) => {
      const [first, second] = [a as LocatedFinding, b as LocatedFinding];
      return fileOrder(first.file) - fileOrder(second.file) || line([first, ...as]) - line([second, ...bs]);
    })
    .map((group) => {
      const [{ file = "", kind, name }] = group as [LocatedFinding];
      return { file, kind, name, findings: [...of(group, "error"), ...of(group, "warning")] };
    });
}

function of(findings: readonly LocatedFinding[], severity: Severity): LocatedFinding[] {
  return findings.filter((finding) => finding.severity === severity);
}

/** How many findings of each severity. */
export function countFindings({ findings }: Pick<Report, "findings">): { errors: number; warnings: number } {
  return { errors: of(findings, "error").length, warnings: of(findings, "warning").length };
}

const KINDS = {
  stream: "streams",
  consumer: "consumers",
  "key-value bucket": "keyValues",
  "object store": "objectStores",
};

/** How many assets of each kind, by the sections of a topology; clusters where there are any. */
export function countAssets({ assets }: Pick<Report, "assets">): Readonly<Record<string, number>> {
  const count = (kind: string) => assets.filter((asset) => asset.kind === kind).length;
  const clusters = count("cluster");
  const sections = Object.entries(KINDS).map(([kind, section]) => [section, count(kind)]);
  return { ...Object.fromEntries(sections), ...(clusters > 0 && { clusters }) };
}
