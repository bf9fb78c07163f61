import type { Finding } from "../model/finding";
import { parseDuration } from "../model/units";
import { showValue } from "../model/walk";
import {
  AUTHORITY_PHASES,
  type AuthorityPhase,
  type AuthorityRequest,
  type AuthorityState,
  type AuthorityWanted,
} from "./authority-state";

const HOUR = 3_600_000_000_000n;

/** What speaks against a step: each follows the one before it, so that no peer meets a certificate it does not trust yet. */
export function checkAuthorityPhases(
  name: string,
  state: AuthorityState | undefined,
  wanted: AuthorityWanted,
): Finding[] {
  if (!state) return wanted.rotate === 1 && wanted.phase === "drop" ? [] : [notFirst(name, wanted)];
  const [from, to] = [place(state), place(wanted)];
  if (to === from || to === from + 1) return [];
  return [to < from ? backwards(name, state, wanted) : skipped(name, state, wanted)];
}

/** What is wrong with the arguments themselves. */
export function checkAuthorityShape(
  name: string,
  { rotate, phase, commonName, validity }: AuthorityWanted & AuthorityRequest,
): Finding[] {
  const found: [field: string, problem: string][] = [];
  if (!Number.isSafeInteger(rotate) || rotate < 1)
    found.push(["rotate", `must be a whole number from 1, got ${showValue(rotate)}`]);
  if (!AUTHORITY_PHASES.includes(phase))
    found.push(["phase", `must be one of "trust", "sign", "drop", got ${showValue(phase)}`]);
  if (typeof commonName !== "string" || commonName === "" || commonName.length > 64)
    found.push(["commonName", `must be a name of 1 to 64 characters, got ${showValue(commonName)}`]);
  if ((parseDuration(validity) ?? 0n) < HOUR)
    found.push(["validity", `must be a duration of at least "1h", got ${showValue(validity)}`]);
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
