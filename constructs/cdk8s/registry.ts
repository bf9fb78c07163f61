import type { Construct } from "constructs";
import type { PolicyOptions } from "../../policies/check";
import type { Entry } from "./entry";
import { type Judged, judgeApp } from "./judge-app";
import type { PreviousAssets } from "./previous";

/** What an app has declared so far. */
export interface Registry {
  readonly entries: Entry[];
  /** What was judged of the app; once for each state it is in. */
  judged?: Judged & { readonly state: string };
  /** How many entries were present when the app was last looked at. */
  present: number;
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
  const found = apps.get(root);
  if (found) return found;
  const registry: Registry = { entries: [], policies: [], previous: new Map(), said: new Set(), present: 0 };
  apps.set(root, registry);
  // The root is the first to be validated: what was taken out since is noticed once for all.
  root.node.addValidation({
    validate: () => {
      registry.present = presentIn(registry.entries).length;
      return [];
    },
  });
  return registry;
}

/**
 * Has a construct judged together with everything else in its app. Every chart that is synthesized validates the whole app:
 * the app is judged once, and each construct answers with what is its own. A construct registers once.
 */
export function register(entry: Entry): void {
  const registry = registryOf(entry.construct);
  registry.entries.push(entry);
  entry.construct.node.addValidation({ validate: () => [...(judged(registry).problems.get(entry.construct) ?? [])] });
}

/** `spec` of the resource of an asset, as its whole app has it. */
export function renderedSpec(construct: Construct): unknown {
  return judged(registryOf(construct)).specs.get(construct);
}

function judged(registry: Registry): Judged {
  const { entries, policies, present, said } = registry;
  const state = [entries.length, policies.length, present].join(" ");
  if (registry.judged?.state === state) return registry.judged;
  const made = judgeApp(presentIn(entries), policies);
  for (const warning of made.warnings.filter((text) => !said.has(text))) {
    said.add(warning);
    // What is synthesized may go to standard output.
    process.stderr.write(`${warning}\n`);
  }
  registry.judged = { ...made, state };
  return registry.judged;
}

/** Entries whose constructs are still in their app. */
export function presentIn(entries: readonly Entry[]): Entry[] {
  return entries.filter(({ construct }) => isPresent(construct));
}

function isPresent({ node }: Construct): boolean {
  for (let at = node; at.scope; at = at.scope.node) if (at.scope.node.tryFindChild(at.id)?.node !== at) return false;
  return true;
}
