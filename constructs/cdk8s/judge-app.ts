import type { Construct } from "constructs";
import { judgeEventBusRemoval } from "../../changes/event-bus/judge-event-bus-edit";
import { type Finding, formatFinding } from "../../model/finding";
import type { PolicyOptions } from "../../policies/check";
import { saidByRules } from "../../policies/said-by-rules";
import { assetName } from "../../preflight/check-spec";
import { preflightEach } from "../../preflight/preflight";
import { removedBuses } from "../../render/event-bus/rendered-buses";
import { removals } from "../../render/nack/removals";
import { accountsIn } from "./accounts";
import type { Entry } from "./entry";
import { judgePolicies, type Located } from "./policies/judge-policies";
import type { PreviousAssets } from "./previous";
import { renderAssets } from "./render-assets";

/** What is wrong with an app. */
export interface Judged {
  /** Errors, by the construct they are about. */
  readonly problems: ReadonlyMap<Construct, readonly string[]>;
  /** Each with the path of its construct. */
  readonly warnings: readonly string[];
  /** `spec` of the resource of each asset. */
  readonly specs: ReadonlyMap<Construct, unknown>;
}

/** Judges everything an app declares: all assets of an account are one set, whichever charts they are in. */
export function judgeApp(entries: readonly Entry[], policies: readonly PolicyOptions[] = []): Judged {
  const ruled = policies.flatMap((options) => judgePolicies(entries, options));
  const isRuled = saidByRules(ruled.map(({ finding }) => finding));
  const rendered = renderAssets(entries);
  const found = [
    ...locate(entries).filter(({ finding }) => !isRuled(finding)),
    ...locate(rendered),
    ...previousFindings(entries),
    ...resourceTwins(entries),
    ...setFindings(entries),
    ...ruled,
  ];
  const problems = new Map<Construct, string[]>();
  const warnings: string[] = [];
  for (const { construct, finding } of found) {
    const text = formatFinding(finding);
    if (finding.severity === "warning") warnings.push(`[${construct.node.path}] warning ${text}`);
    else problems.set(construct, [...(problems.get(construct) ?? []), text]);
  }
  return { problems, warnings, specs: new Map(rendered.map(({ construct, spec }) => [construct, spec])) };
}

function locate(entries: readonly Pick<Entry, "construct" | "findings">[]): Located[] {
  return entries.flatMap(({ construct, findings }) => findings.map((finding) => ({ construct, finding })));
}

// What cannot be read of what was rendered before, and what goes that was in it.
function previousFindings(entries: readonly Entry[]): Located[] {
  const first = new Map<PreviousAssets, Construct>();
  for (const { managed, previous = managed?.previous, construct } of entries)
    if (previous && !first.has(previous)) first.set(previous, construct);
  const now = entries.flatMap(({ managed, assets = [] }) =>
    managed ? assets.map((asset) => ({ asset, options: managed.options })) : [],
  );
  const buses = entries.flatMap(({ eventBus }) => eventBus ?? []);
  return [...first].flatMap(([previous, construct]) => {
    const gone = removedBuses(previous.buses, buses).flatMap(judgeEventBusRemoval);
    return [...previous.findings, ...removals(previous, now), ...gone].map((finding) => ({ construct, finding }));
  });
}

function setFindings(entries: readonly Entry[]): Located[] {
  return accountsIn(entries).flatMap(({ constructs, server, ...set }) => {
    const found = preflightEach(set, { server });
    return constructs.flatMap((construct, i) => (found[i] ?? []).map((finding) => ({ construct, finding })));
  });
}

// Whoever applies manifests keeps the last of two resources with one name, and says nothing.
function resourceTwins(entries: readonly Entry[]): Located[] {
  const taken = new Map<string, Entry>();
  return entries.flatMap((entry) => {
    const { construct, resource } = entry;
    if (!resource) return [];
    const key = JSON.stringify([resource.kind, resource.namespace, resource.name]);
    const twin = taken.get(key);
    if (!twin) taken.set(key, entry);
    // One asset that is declared twice is found where sets are judged.
    if (!twin || isSameAsset(entry, twin)) return [];
    return [{ construct, finding: twinFinding(resource, entry, twin) }];
  });
}

function isSameAsset({ account, assets }: Entry, { account: other, assets: twins }: Entry): boolean {
  return assets !== undefined && account === other && nameOf(assets) === nameOf(twins);
}

const nameOf = ([asset]: NonNullable<Entry["assets"]> = []) => asset && assetName(asset.kind, asset.spec);

function twinFinding(
  { kind, name }: NonNullable<Entry["resource"]>,
  { assets }: Entry,
  { construct: twin }: Entry,
): Finding {
  return {
    code: "CD103",
    severity: "error",
    kind: assets?.[0]?.kind ?? "topology",
    name: nameOf(assets) ?? name,
    field: "resource.name",
    value: name,
    problem: `"${name}" is taken by the ${kind} of ${twin.node.path}`,
    remedy: "Set resource.name, or another namespace: the second would replace the first.",
  };
}
