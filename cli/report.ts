import type { AssetKind, Severity } from "../model/finding";
import type { LocatedFinding, Place } from "../model/place";
import type { Waiver } from "../model/waiver";
import type { PolicyFinding } from "../policies/finding";
import type { Preset } from "../policies/rule";
import type { RuleSetting } from "../policies/settings";

/** Something that was judged, and where it is declared; an asset of a live account is declared nowhere. */
export interface JudgedAsset {
  readonly kind: AssetKind;
  readonly name: string;
  readonly place?: Place;
}

/** A finding, and the rule that made it where policies were asked. */
export type ReportFinding = LocatedFinding & Partial<Pick<PolicyFinding, "rule" | "level">>;

/** A finding that is lifted for a while. */
export interface ReportWaived {
  readonly finding: ReportFinding;
  readonly waiver: Waiver;
  /** Whole days after today on which the waiver holds. */
  readonly daysLeft: number;
  /** Where the waiver is written. */
  readonly place?: Place;
}

/** What the gate went by, and what it let pass. */
export interface PolicyRun {
  readonly preset: Preset;
  /** The policy file and the configuration that were read. */
  readonly files: readonly string[];
  readonly settings: readonly RuleSetting[];
  readonly waived: readonly ReportWaived[];
}

/** Everything a check found out: the formats are made from it. */
export interface Report {
  /** As they were given. */
  readonly files: readonly string[];
  readonly assets: readonly JudgedAsset[];
  readonly findings: readonly ReportFinding[];
  /** What the assets were judged against; `undefined` when a file could not be read and nothing was judged. */
  readonly judged?: { readonly version: string; readonly server?: string };
  /** Where policies were asked. */
  readonly policies?: PolicyRun;
}

/** What was found about one asset, or about one file. */
export interface Group {
  readonly file: string;
  readonly kind: string;
  readonly name: string;
  readonly findings: readonly ReportFinding[];
}

/** Findings by file in the order given, others after them, then by asset in the order written, errors of each first. */
export function groupFindings({ files, findings }: Pick<Report, "files" | "findings">): Group[] {
  const groups = new Map<string, ReportFinding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.file, finding.kind, finding.name]);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  const fileOrder = (file?: string) => {
    const given = file === undefined ? -1 : files.indexOf(file);
    return given < 0 ? files.length + Number(file === undefined) : given;
  };
  const line = (group: readonly ReportFinding[]) => Math.min(...group.map((finding) => finding.line ?? 0));
  return [...groups.values()]
    .sort(([a, ...as], [b, ...bs]) => {
      const [first, second] = [a as ReportFinding, b as ReportFinding];
      return fileOrder(first.file) - fileOrder(second.file) || line([first, ...as]) - line([second, ...bs]);
    })
    .map((group) => {
      const [{ file = "", kind, name }] = group as [ReportFinding];
      return { file, kind, name, findings: [...of(group, "error"), ...of(group, "warning")] };
    });
}

function of(findings: readonly ReportFinding[], severity: Severity): ReportFinding[] {
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

/** How many assets of each kind, by the sections of a topology; clusters and event buses where there are any. */
export function countAssets({ assets }: Pick<Report, "assets">): Readonly<Record<string, number>> {
  const count = (kind: string) => assets.filter((asset) => asset.kind === kind).length;
  const [clusters, eventBuses] = [count("cluster"), count("event bus")];
  const sections = Object.entries(KINDS).map(([kind, section]) => [section, count(kind)]);
  return { ...Object.fromEntries(sections), ...(clusters > 0 && { clusters }), ...(eventBuses > 0 && { eventBuses }) };
}

/** The rules that were run: those that are disabled were not. */
export function rulesRun({ settings }: PolicyRun): RuleSetting[] {
  return settings.filter(({ level }) => level !== "disabled");
}
