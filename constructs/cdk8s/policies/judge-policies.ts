import type { Construct } from "constructs";
import type { Finding } from "../../../model/finding";
import { type AccountInput, buildSystem, type ClusterInput } from "../../../policies/build-system";
import { checkSystem, type PolicyOptions } from "../../../policies/check";
import type { PolicyFinding } from "../../../policies/finding";
import { assetName } from "../../../preflight/check-spec";
import { type AccountEntries, accountsIn } from "../accounts";
import type { Entry } from "../entry";

/** A finding and the construct it is about. */
export interface Located {
  readonly construct: Construct;
  readonly finding: Finding;
}

/** What an organization's rules say to what an app declares. */
export function judgePolicies(entries: readonly Entry[], options: PolicyOptions): Located[] {
  const [first] = entries;
  if (!first) return [];
  const accounts = accountsIn(entries);
  const clusters = entries.flatMap(({ construct, cluster }) => (cluster ? [{ construct, spec: cluster }] : []));
  const buses = entries.flatMap(({ construct, eventBus }) => (eventBus ? [{ construct, spec: eventBus }] : []));
  const inputs = accounts.map(accountInput);
  const { findings } = checkSystem(buildSystem(inputs, clusters, buses), options);
  const others = new Map([...clusters, ...buses].map(({ construct, spec }) => [spec.name, construct] as const));
  const assets = accounts.map((account, i) => ({
    ...owners(account),
    alone: once(() => aloneIn(inputs[i] as AccountInput, clusters, options)),
  }));
  return findings.flatMap((finding) => {
    const holders = assets.filter(({ byName }) => byName.has(keyOf(finding)));
    // Accounts may have assets of one name: those are meant that are found so on their own.
    const meant = holders.length > 1 ? holders.filter(({ alone }) => alone().has(textOf(finding))) : holders;
    const constructs = meant.map(({ byName }) => byName.get(keyOf(finding)) as Construct);
    const found = constructs.length > 0 ? constructs : [others.get(finding.name) ?? first.construct];
    return found.map((construct) => ({ construct, finding }));
  });
}

const keyOf = ({ kind, name }: Pick<Finding, "kind" | "name">) => `${kind} ${name}`;
const textOf = ({ rule, kind, name, field, problem }: PolicyFinding) =>
  JSON.stringify([rule, kind, name, field, problem]);

function accountInput({ constructs: _, server, ...set }: AccountEntries): AccountInput {
  return { ...set, facts: server };
}

function owners({ constructs, declared }: AccountEntries) {
  const named = declared.map(
    ({ kind, spec }, i) => [`${kind} ${assetName(kind, spec)}`, constructs[i] as Construct] as const,
  );
  return { byName: new Map<string, Construct>(named.reverse()) };
}

function aloneIn(
  account: AccountInput,
  clusters: readonly ClusterInput[],
  options: PolicyOptions,
): ReadonlySet<string> {
  return new Set(checkSystem(buildSystem([account], clusters), options).findings.map(textOf));
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
