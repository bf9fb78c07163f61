import type { Construct } from "constructs";
import { type Finding, formatFinding } from "../../model/finding";
import type { TopologySpec } from "../../model/topology-spec";
import { assetName } from "../../preflight/check-spec";
import { preflightEach } from "../../preflight/preflight";
import type { Entry } from "./registry";

/** What is wrong with an app. */
export interface Judged {
  /** Errors, by the construct they are about. */
  readonly problems: ReadonlyMap<Construct, readonly string[]>;
  /** Each with the path of its construct. */
  readonly warnings: readonly string[];
}

/** Judges everything an app declares: all assets of an account are one set, whichever charts they are in. */
export function judgeApp(entries: readonly Entry[]): Judged {
  const found = [...ownFindings(entries), ...resourceTwins(entries), ...setFindings(entries)];
  const problems = new Map<Construct, string[]>();
  const warnings: string[] = [];
  for (const { construct, finding } of found) {
    const text = formatFinding(finding);
    if (finding.severity === "warning") warnings.push(`[${construct.node.path}] warning ${text}`);
    else problems.set(construct, [...(problems.get(construct) ?? []), text]);
  }
  return { problems, warnings };
}

interface Located {
  readonly construct: Construct;
  readonly finding: Finding;
}

function ownFindings(entries: readonly Entry[]): Located[] {
  return entries.flatMap(({ construct, findings }) => findings.map((finding) => ({ construct, finding })));
}

function setFindings(entries: readonly Entry[]): Located[] {
  const accounts = Map.groupBy(
    entries.flatMap(({ construct, asset }) => (asset ? [{ construct, asset }] : [])),
    ({ asset }) => asset.account,
  );
  return [...accounts].flatMap(([account, members]) => {
    const declared = members.map(({ asset, construct }) => ({ ...asset, by: construct.node.path }));
    const shapes = members.map(({ asset }) => asset.shape);
    const facts = entries.find(({ server }) => server?.account === account)?.server?.facts;
    const found = preflightEach({ declared, shapes, external: externalOf(entries, account) }, { server: facts });
    return members.flatMap(({ construct }, i) => (found[i] ?? []).map((finding) => ({ construct, finding })));
  });
}

/** Streams of an account that are said to exist elsewhere. */
export function externalOf(entries: readonly Entry[], account: string): NonNullable<TopologySpec["external"]> {
  return Object.assign(
    {},
    ...entries.map(({ external }) => (external?.account === account ? external.streams : undefined)),
  );
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

function isSameAsset({ asset }: Entry, { asset: twin }: Entry): boolean {
  return asset !== undefined && asset.account === twin?.account && nameOf(asset) === nameOf(twin);
}

const nameOf = ({ kind, spec }: NonNullable<Entry["asset"]>) => assetName(kind, spec);

function twinFinding(
  { kind, name }: NonNullable<Entry["resource"]>,
  { asset }: Entry,
  { construct: twin }: Entry,
): Finding {
  return {
    code: "CD103",
    severity: "error",
    kind: asset?.kind ?? "topology",
    name: asset ? nameOf(asset) : name,
    field: "metadata.name",
    value: name,
    problem: `"${name}" is taken by the ${kind} of ${twin.node.path}`,
    remedy: "Set metadata.name, or another namespace: the second would replace the first.",
  };
}
