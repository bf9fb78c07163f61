import type { Finding } from "../model/finding";
import { showValue } from "../model/walk";
import { AUTHORITY_PHASES, type AuthorityPhase, type AuthorityState, type AuthorityWanted } from "./authority-state";

/** What speaks against a step: each follows the one before it, so that no peer meets a certificate it does not trust yet. */
export function checkAuthorityPhases(
  name: string,
  state: AuthorityState | undefined,
  wanted: AuthorityWanted,
): Finding[] {
  const shape = checkShape(name, wanted);
  if (shape.length > 0) return shape;
  if (!state) return wanted.rotate === 1 && wanted.phase === "drop" ? [] : [notFirst(name, wanted)];
  const [from, to] = [place(state), place(wanted)];
  if (to === from || to === from + 1) return [];
  return [to < from ? backwards(name, state, wanted) : skipped(name, state, wanted)];
}

function checkShape(name: string, { rotate, phase }: AuthorityWanted): Finding[] {
  const found: [field: string, problem: string][] = [];
  if (!Number.isSafeInteger(rotate) || rotate < 1)
    found.push(["rotate", `must be a whole number from 1, got ${showValue(rotate)}`]);
  if (!AUTHORITY_PHASES.includes(phase))
    found.push(["phase", `must be one of "trust", "sign", "drop", got ${showValue(phase)}`]);
  return found.map(([field, problem]) => finding(name, "CT101", field, problem, "Correct the value."));
}

// Every step of every authority in one line: …, (1, drop), (2, trust), (2, sign), (2, drop), (3, trust), …
function place({ rotate, phase }: AuthorityWanted): number {
  return rotate * AUTHORITY_PHASES.length + AUTHORITY_PHASES.indexOf(phase);
}

function afterThat({ rotate, phase }: AuthorityWanted): AuthorityWanted {
  const next: Record<AuthorityPhase, AuthorityWanted> = {
    trust: { rotate, phase: "sign" },
    sign: { rotate, phase: "drop" },
    drop: { rotate: rotate + 1, phase: "trust" },
  };
  return next[phase];
}

function notFirst(name: string, wanted: AuthorityWanted): Finding {
  const problem = `must begin with ${show({ rotate: 1, phase: "drop" })}, got ${show(wanted)}`;
  return finding(name, "CT102", "rotate", problem, "Leave both out: there is no authority before the first.");
}

function backwards(name: string, state: AuthorityState, wanted: AuthorityWanted): Finding {
  const problem = `cannot go back from ${show(state)} to ${show(wanted)}: certificates in use may be of the newer authority`;
  return finding(name, "CT103", "rotate", problem, `Keep ${show(state)}, or go on to ${show(afterThat(state))}.`);
}

function skipped(name: string, state: AuthorityState, wanted: AuthorityWanted): Finding {
  const problem = `cannot go from ${show(state)} to ${show(wanted)} at once: peers would meet certificates they do not trust`;
  const remedy = `Set ${show(afterThat(state))}, run up, let every peer load it, and go on then.`;
  return finding(name, "CT104", "rotate", problem, remedy);
}

const show = ({ rotate, phase }: AuthorityWanted) => `rotate: ${rotate}, phase: "${phase}"`;

function finding(name: string, code: string, field: string, problem: string, remedy: string): Finding {
  return { code, severity: "error", kind: "certificate authority", name, field, problem, remedy };
}
