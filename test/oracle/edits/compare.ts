import { isRefused } from "../../../changes/change";
import { mutability } from "../../../changes/mutability";
import { isOlder } from "../../../model/version";
import type { Stand } from "./snapshot";
import type { Outcome } from "./try-edit";

/** What a plan and a server disagree about; empty where they agree. */
export interface Disagreement {
  readonly lostUnannounced: number;
  readonly recreatedNeedlessly: boolean;
  readonly problems: readonly string[];
}

/** Compares one edit with its plan. */
export function compare(outcome: Outcome, version: string): Disagreement {
  if (outcome.answer === "skipped" || outcome.answer === "unfit")
    return { lostUnannounced: 0, recreatedNeedlessly: false, problems: [] };
  const { lost, loss } = outcome;
  // What is refused is never made: some servers refuse half of it too late.
  const lostUnannounced = outcome.planned.some(isRefused) ? 0 : Math.max(0, lost - loss.most);
  const recreatedNeedlessly = isNeedless(outcome, version);
  const problems = [
    ...(lostUnannounced > 0 ? [`${lost} messages lost, ${loss.most} announced at most`] : []),
    ...(recreatedNeedlessly ? ["planned as refused, the server makes it"] : []),
    ...verdict(outcome),
    ...promised(outcome),
    ...copied(outcome),
    ...windowed(outcome),
    ...(keepsPositions(outcome) ? positions(outcome) : []),
  ];
  return { lostUnannounced, recreatedNeedlessly, problems };
}

function isNeedless({ answer, planned, lost }: Outcome, version: string): boolean {
  const refused = planned.filter(isRefused);
  const meant = refused.every(({ kind, field }) => {
    const row = mutability[kind][field];
    return row?.edit === "unsafe" || (row?.refusedSince !== undefined && isOlder(version, row.refusedSince));
  });
  return answer === "accepted" && lost === 0 && refused.length > 0 && !meant;
}

function verdict({ answer, planned, error }: Outcome): string[] {
  if (planned.some(isRefused)) return [];
  if (answer === "refused") return [`planned as made in place, the server refuses it: ${error}`];
  return answer === "inert" ? ["planned as made in place, the server accepts it and does not make it"] : [];
}

function promised({ answer, lost, loss, planned }: Outcome): string[] {
  const made = answer === "accepted" && !planned.some(isRefused);
  return made && lost < loss.least ? [`${lost} messages lost, ${loss.least} announced at least`] : [];
}

function copied({ one, added, answer, planned }: Outcome): string[] {
  const copies = planned.some(({ field }) => field === "sources" || field === "mirror");
  const expected = one.adds ?? (copies ? undefined : 0);
  const again = planned.some(({ code }) => code === "BC108");
  // Where the first messages are gone, a source copies only what comes from now on.
  if (answer === "accepted" && again && one.adds === 0 && one.before.maxMsgs === undefined)
    return ["planned as copied again, nothing is"];
  if (answer !== "accepted" || expected === undefined || added === expected) return [];
  return [`${added} messages copied, ${expected} expected`];
}

// The default window follows other fields: what the server echoes must be what the plan says.
function windowed({ one, answer, planned, windows = [0, 0] }: Outcome): string[] {
  const [before, after] = windows;
  const shorter = planned.some(({ code }) => code === "GD102");
  if (one.kind !== "stream" || answer !== "accepted" || shorter === after < before) return [];
  return [`the duplicate window goes from ${before} to ${after} ns, ${shorter ? "" : "not "}planned as shorter`];
}

// Where messages go, positions move with them; a filter changes what is pending.
function keepsPositions({ answer, loss, lost }: Outcome): boolean {
  return answer === "accepted" && loss.most === 0 && lost === 0;
}

function positions({ one, before, after, added }: Outcome): string[] {
  const filtered = JSON.stringify([one.before.filterSubject, one.before.filterSubjects]);
  const sameFilter = filtered === JSON.stringify([one.after.filterSubject, one.after.filterSubjects]);
  return Object.entries(before?.consumers ?? {}).flatMap(([name, stand]) => {
    const now = after?.consumers[name];
    if (!now) return [`consumer ${name} is gone`];
    const keys: (keyof Stand)[] = ["delivered", "ackFloor", "ackPending"];
    const compared = sameFilter && added === 0 ? [...keys, "pending" as const] : keys;
    const moved = compared.filter((key) => stand[key] !== now[key]);
    return moved.map((key) => `consumer ${name}: ${key} ${stand[key]} -> ${now[key]}`);
  });
}
