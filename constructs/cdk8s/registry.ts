import type { Construct } from "constructs";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import type { Finding } from "../../model/finding";
import type { TopologySpec } from "../../model/topology-spec";
import type { Declared } from "../../preflight/preflight";
import type { ServerFacts } from "../../preflight/server-facts";
import { judgeApp } from "./judge-app";

/** One thing an app declares, as it is judged. */
export interface Entry {
  readonly construct: Construct;
  /** What is wrong with it alone: its rendering, its edits. */
  readonly findings: readonly Finding[];
  /** A stream, consumer or bucket, the account it is in, and what is wrong with its shape. */
  readonly asset?: Declared & { readonly account: string; readonly shape: readonly Finding[] };
  readonly cluster?: ClusterSpec;
  /** Streams of an account that exist elsewhere. */
  readonly external?: { readonly account: string; readonly streams: NonNullable<TopologySpec["external"]> };
  /** What is known of an account's servers. */
  readonly server?: { readonly account: string; readonly facts: ServerFacts };
  /** The resource it is written as: two of one name replace each other. */
  readonly resource?: { readonly kind: string; readonly namespace: string; readonly name: string };
}

/** What an app has declared so far. */
export interface Registry {
  readonly entries: Entry[];
  /** What is wrong, by construct; made once for each state of the app. */
  judged?: { readonly size: number; readonly problems: ReadonlyMap<Construct, readonly string[]> };
  /** Warnings that were printed. */
  readonly said: Set<string>;
}

const apps = new WeakMap<object, Registry>();

/** The registry of the app around a construct. */
export function registryOf({ node: { root } }: Construct): Registry {
  const found = apps.get(root) ?? { entries: [], said: new Set() };
  apps.set(root, found);
  return found;
}

/**
 * Has a construct judged together with everything else in its app. Every chart that is synthesized validates the whole app:
 * the app is judged once, and each construct answers with what is its own.
 */
export function register(entry: Entry): void {
  const registry = registryOf(entry.construct);
  registry.entries.push(entry);
  entry.construct.node.addValidation({ validate: () => [...(problemsIn(registry).get(entry.construct) ?? [])] });
}

function problemsIn(registry: Registry): ReadonlyMap<Construct, readonly string[]> {
  const { entries, said } = registry;
  if (registry.judged?.size !== entries.length) {
    const { problems, warnings } = judgeApp(presentIn(entries));
    for (const warning of warnings.filter((text) => !said.has(text))) {
      said.add(warning);
      // What is synthesized may go to standard output.
      process.stderr.write(`${warning}\n`);
    }
    registry.judged = { size: entries.length, problems };
  }
  return registry.judged.problems;
}

/** Entries whose constructs are still in their app. */
export function presentIn(entries: readonly Entry[]): Entry[] {
  return entries.filter(({ construct }) => isPresent(construct));
}

function isPresent({ node }: Construct): boolean {
  for (let at = node; at.scope; at = at.scope.node) if (at.scope.node.tryFindChild(at.id)?.node !== at) return false;
  return true;
}
