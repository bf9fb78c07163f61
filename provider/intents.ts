import type { Acknowledgment } from "../model/acknowledgment";
import type { SpecKind } from "../model/finding";

/** What a program says about edits of one resource: it holds for one run and is not kept in state. */
export interface Intent {
  readonly allow: readonly Acknowledgment[];
  /** Fields that make this run recreate it, permitted and judged. */
  readonly recreates: readonly string[];
}

const NONE: Intent = { allow: [], recreates: [] };

// The engine hands inputs from `check` to the other calls, and intents are no inputs: they wait here for the rest of the
// run. The same process serves all calls of one.
const intents = new Map<string, Intent>();

// A stream and a consumer may be resources of one name.
const keyOf = (kind: SpecKind, owner: string) => `${kind} ${owner}`;

export function rememberIntent(kind: SpecKind, owner: string, intent: Intent): void {
  intents.set(keyOf(kind, owner), intent);
}

export function intentOf(kind: SpecKind, owner: string): Intent {
  return intents.get(keyOf(kind, owner)) ?? NONE;
}

/** True when recreating it in this run may discard what it holds: acknowledged for every field that needs it. */
export function mayDiscardAnew(kind: SpecKind, owner: string): boolean {
  const { allow, recreates } = intentOf(kind, owner);
  const said = new Set(allow.filter(({ code }) => code === "DL110").map(({ field }) => field));
  return recreates.length > 0 && recreates.every((field) => said.has(field));
}
