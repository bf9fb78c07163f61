import type { z } from "zod";
import type { AssetKind } from "../model/finding";
import { parseDuration } from "../model/units";
import type { Waiver } from "../model/waiver";
import { waiverSchema } from "../model/waiver-schema";
import { shapeProblems } from "../preflight/check-shape";
import { closest } from "../preflight/closest";
import { fileWaiverSchema } from "./file-waiver-schema";
import type { PolicyFinding, WaivedFinding } from "./finding";
import type { Found } from "./rule";
import { finding } from "./run-rules";
import type { RuleSetting } from "./settings";
import type { OwnWaiver } from "./system";
import { daysLeft } from "./waiver-line";

/** A waiver in a policy file: it names the asset it is for. */
export interface FileWaiver extends Waiver {
  /** Name of the asset: `ORDERS`, `ORDERS/billing` for a consumer. */
  readonly name: string;
  /**
   * Kind of the asset.
   * @default - any
   */
  readonly kind?: AssetKind;
}

/** Waivers of a policy file. */
export interface FileWaivers {
  readonly file: string;
  readonly waivers: readonly FileWaiver[];
}

/** Findings that count, and those that are lifted. */
export interface AppliedWaivers {
  readonly findings: readonly PolicyFinding[];
  readonly waived: readonly WaivedFinding[];
}

/** Rules about waivers, which say what is wrong with one. */
const WAIVER_VALID = "jetstream-waiver-valid";
const WAIVER_USED = "jetstream-waiver-used";

interface Entry {
  readonly waiver: Waiver;
  readonly schema: z.ZodType;
  readonly source: string;
  /** The asset it is for, where the finding about the waiver does not name it. */
  readonly target: string;
  readonly matches: (finding: PolicyFinding) => boolean;
  /** What a finding about the waiver itself is about. */
  readonly at: { readonly kind: AssetKind; readonly name: string; readonly field: string; readonly account?: number };
}

/** Lifts what is waived, and says what is wrong with waivers. A day ends in UTC. */
export function applyWaivers(
  found: readonly PolicyFinding[],
  settings: readonly RuleSetting[],
  own: readonly OwnWaiver[],
  files: readonly FileWaivers[],
  today: Date,
): AppliedWaivers {
  const byId = new Map(settings.map((setting) => [setting.rule.id, setting]));
  const entries = [...own.map(ownEntry), ...files.flatMap(fileEntries)];
  const valid = byId.get(WAIVER_VALID);
  const problems = entries.map((entry) => waiverProblems(entry, byId, valid, today));
  const lifting = Map.groupBy(
    entries.filter((_, i) => problems[i]?.length === 0),
    ({ waiver }) => waiver.rule,
  );
  const used = new Set<Entry>();
  const findings: PolicyFinding[] = [];
  const waived: WaivedFinding[] = [];
  for (const one of found) {
    const matching = (lifting.get(one.rule) ?? []).filter(({ matches }) => matches(one));
    for (const entry of matching) used.add(entry);
    const [first] = matching;
    if (first) waived.push({ finding: one, waiver: first.waiver, source: first.source });
    else findings.push(one);
  }
  const isIdle = (entry: Entry) => !used.has(entry) && byId.get(entry.waiver.rule)?.level !== "disabled";
  const idle = entries.filter((entry, i) => problems[i]?.length === 0 && isIdle(entry));
  return {
    findings: [
      ...findings,
      ...entries.flatMap((entry, i) => (problems[i] ?? []).flatMap((problem) => report(valid, entry, problem))),
      ...idle.flatMap((entry) => report(byId.get(WAIVER_USED), entry, unused(entry))),
    ],
    waived,
  };
}

function ownEntry({ kind, name, waiver, field, account }: OwnWaiver): Entry {
  return {
    waiver,
    schema: waiverSchema,
    source: field,
    target: "here",
    matches: (one) => one.kind === kind && one.name === name && (one.account ?? account) === account,
    at: { kind, name, field, ...(account !== undefined && { account }) },
  };
}

function fileEntries({ file, waivers }: FileWaivers): Entry[] {
  return waivers.map((waiver, i) => ({
    waiver,
    schema: fileWaiverSchema,
    target: `about ${waiver.kind ? `${waiver.kind} ` : ""}"${waiver.name}"`,
    source: `${file} waivers[${i}]`,
    matches: (one) => one.name === waiver.name && (waiver.kind === undefined || one.kind === waiver.kind),
    at: { kind: "file", name: file, field: `waivers[${i}]` },
  }));
}

function report(setting: RuleSetting | undefined, { at }: Entry, found: Found): PolicyFinding[] {
  if (!setting || setting.level === "disabled") return [];
  const { kind, name, field, ...where } = at;
  return [{ ...finding(setting, kind, name, { ...found, field: field + found.field }), ...where }];
}

const SERVERS_CODE = /^[A-Z]{2}\d{3}$/;
const OF_SERVERS =
  "What servers say is found by jetstream-preflight, which cannot be waived, and jetstream-preflight-warnings.";

function waiverProblems(
  { waiver, schema }: Entry,
  byId: ReadonlyMap<string, RuleSetting>,
  valid: RuleSetting | undefined,
  today: Date,
): Found[] {
  const shape = shapeProblems(schema, waiver);
  if (shape.length > 0) return shape.map((found) => ({ ...found, field: found.field === "" ? "" : `.${found.field}` }));
  const { rule } = waiver;
  const setting = byId.get(rule);
  if (!setting) {
    const meant = closest(rule, [...byId.keys()]);
    const listed = SERVERS_CODE.test(rule) ? OF_SERVERS : "docs/policies.md lists the rules.";
    const remedy = meant ? `Did you mean ${meant}?` : listed;
    return [{ field: ".rule", value: rule, problem: `names no rule, got ${JSON.stringify(rule)}`, remedy }];
  }
  if (!setting.waivable) {
    const problem = `names ${rule}, which cannot be waived`;
    const remedy = setting.rule.on === "waivers" ? "Remove it." : `Remove it, and mend what ${rule} finds.`;
    return [{ field: ".rule", value: rule, problem, remedy }];
  }
  // Where its rule is not run a waiver does nothing, whatever its date.
  return setting.level === "disabled" ? [] : dateProblems(waiver, String(valid?.options.longest ?? ""), today);
}

function dateProblems(waiver: Waiver, longest: string, today: Date): Found[] {
  const { rule, expires } = waiver;
  const field = ".expires";
  const age = -daysLeft(waiver, today);
  if (age > 0) {
    const problem = `of ${rule} expired ${age === 1 ? "a day" : `${age} days`} ago, on ${expires}`;
    const remedy = "Mend what it lifted and remove it, or agree on a later date and give the reason anew.";
    return [{ field, value: expires, problem, remedy }];
  }
  const most = parseDuration(longest) ?? 0n;
  if (most === 0n || BigInt(Date.parse(expires) - today.getTime()) * 1_000_000n <= most) return [];
  const problem = `of ${rule} lasts longer than ${longest}, until ${expires}`;
  return [{ field, value: expires, problem, remedy: "Choose an earlier date: it can be agreed on again." }];
}

function unused({ waiver: { rule, expires }, target }: Entry): Found {
  const problem = `lifts nothing: ${rule} finds nothing ${target} (it holds until ${expires})`;
  return { field: "", problem, remedy: "Remove it." };
}
