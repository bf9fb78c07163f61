import type { Finding } from "../model/finding";
import { checkKeySteps } from "./check-key-steps";
import { generateKey } from "./generate-key";
import type { KeyState, KeysWanted } from "./key-state";
import type { RunningKeys } from "./running-keys";
import { type SecretAcknowledgment, withoutAccepted } from "./secret-acknowledgment";

export { generateKey } from "./generate-key";

/** How a step is judged. */
export interface KeyStepOptions {
  /** Name in messages. */
  readonly name: string;
  /** Steps that are meant although nobody knows what the servers run with. @default - none */
  readonly allow?: readonly SecretAcknowledgment[];
}

/** The keys after a step, or what speaks against it. Without a step they stay as they are. */
export function nextKeys(
  state: KeyState | undefined,
  wanted: KeysWanted,
  running: RunningKeys,
  { name, allow = [] }: KeyStepOptions,
): { readonly state?: KeyState; readonly findings: readonly Finding[] } {
  const findings = withoutAccepted(name, checkKeySteps(name, state, wanted, running), allow);
  return findings.length > 0 ? { findings } : { state: step(state, wanted), findings };
}

function step(state: KeyState | undefined, { rotate, previous }: KeysWanted): KeyState {
  if (!state) return { rotate, current: generateKey(), retired: [] };
  const held = state.previous ? [state.previous] : [];
  if (rotate > state.rotate)
    return { rotate, current: generateKey(), previous: state.current, retired: [...state.retired, ...held] };
  if (previous === "keep" || held.length === 0) return state;
  return { rotate, current: state.current, retired: [...state.retired, ...held] };
}
