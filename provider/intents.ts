import type { Acknowledgement } from "../model/acknowledgement";

/** What a program says about edits of one resource: it holds for one run and is not kept in state. */
export interface Intent {
  readonly allow: readonly Acknowledgement[];
  /** Recreating it is permitted where it cannot be edited. */
  readonly replace: boolean;
}

const NONE: Intent = { allow: [], replace: false };

// The engine hands inputs from `check` to the other calls, and intents are no inputs: they wait here for the rest of the
// run. The same process serves all calls of one.
const intents = new Map<string, Intent>();

export function rememberIntent(owner: string, intent: Intent): void {
  intents.set(owner, intent);
}

export function intentOf(owner: string): Intent {
  return intents.get(owner) ?? NONE;
}
