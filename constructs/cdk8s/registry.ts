import type { Construct } from "constructs";
import type { PolicyOptions } from "../../policies/check";
import type { Entry } from "./entry";
import { judgeApp } from "./judge-app";
import type { PreviousAssets } from "./previous";

/** What an app has declared so far. */
export interface Registry {
  readonly entries: Entry[];
  /** What is wrong, by construct; made once for each state of the app. */
  judged?: { readonly size: number; readonly problems: ReadonlyMap<Construct, readonly string[]> };
  /** The organization's rules the app is judged by, if any. */
  readonly policies: PolicyOptions[];
  /** What was rendered before, by the location it was read from. */
  readonly previous: Map<string, PreviousAssets>;
  /** Warnings that were printed. */
  readonly said: Set<string>;
}

const apps = new WeakMap<object, Registry>();

/** The registry of the app around a construct. */
export function registryOf({ node: { root } }: Construct): Registry {
  const found = apps.get(root) ?? { entries: [], policies: [], previous: new Map(), said: new Set() };
  apps.set(root, found);
  return found;
}

/**
 * Has a construct judged together with everything else in its app. Every chart that is synthesized validates the whole app:
 * the app is judged once, and each construct answers with what is its own. A construct registers once.
 */
export function register(entry: Entry): void {
  const registry = registryOf(entry.construct);
  registry.entries.push(entry);
  entry.construct.node.addValidation({ validate: () => [...(problemsIn(registry).get(entry.construct) ?? [])] });
}

function problemsIn(registry: Registry): ReadonlyMap<Construct, readonly string[]> {
  const { entries, policies, said } = registry;
  const size = entries.length + policies.length;
  if (registry.judged?.size !== size) {
    const { problems, warnings } = judgeApp(presentIn(entries), policies);
    for (const warning of warnings.filter((text) => !said.has(text))) {
      said.add(warning);
      // What is synthesized may go to standard output.
      process.stderr.write(`${warning}\n`);
    }
    registry.judged = { size, problems };
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
