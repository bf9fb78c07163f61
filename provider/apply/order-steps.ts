import { subjectsOverlap } from "../../model/subjects";
import type { Fields } from "../driver";
import type { ApplyStep } from "./apply-plan";

/** The steps each step waits for. Never a circle: where streams wait for each other, the one that comes first waits. */
export function orderSteps(steps: readonly ApplyStep[]): ReadonlyMap<ApplyStep, readonly ApplyStep[]> {
  const working = steps.filter(({ action }) => action !== "none");
  const byTarget = new Map(working.map((step) => [step.target, step]));
  const narrowed = working.filter(givesUpSubjects);
  const ordered = new Map<ApplyStep, ApplyStep[]>();
  const open = new Set<ApplyStep>();
  const visit = (step: ApplyStep) => {
    if (ordered.has(step) || open.has(step)) return;
    open.add(step);
    const before = step.action === "delete" ? beforeDeletion(step, working) : beforeWrite(step, byTarget, narrowed);
    for (const other of before) visit(other);
    open.delete(step);
    ordered.set(
      step,
      before.filter((other) => other !== step && ordered.has(other)),
    );
  };
  for (const step of working) visit(step);
  return ordered;
}

// Everything that is declared comes first, and consumers go before their stream.
function beforeDeletion(step: ApplyStep, working: readonly ApplyStep[]): ApplyStep[] {
  const isBefore = ({ action, spec }: ApplyStep) => action !== "delete" || spec.stream === step.target;
  return working.filter((other) => other !== step && isBefore(other));
}

// A consumer its stream, a copy its origins, a stream the one that gives up its subjects.
function beforeWrite(
  { kind, spec, driver, target }: ApplyStep,
  byTarget: ReadonlyMap<string, ApplyStep>,
  narrowed: readonly ApplyStep[],
): ApplyStep[] {
  const isWritten = (other: ApplyStep | undefined): other is ApplyStep =>
    other !== undefined && other.target !== target && other.action !== "delete";
  if (kind === "consumer") return [byTarget.get(String(spec.stream))].filter(isWritten);
  const base = driver.toBase(spec);
  const origins = [base.mirror, ...((base.sources ?? []) as unknown[])].flatMap((origin) => originName(origin));
  const subjects = subjectsOf(base);
  const givers = narrowed.filter(({ live }) => live && overlap(subjects, subjectsOf(live.base)));
  return [...origins.map((name) => byTarget.get(name)), ...givers].filter(isWritten);
}

// A stream of another account or domain is not one of these.
function originName(origin: unknown): string[] {
  const { name, external } = (origin ?? {}) as Fields;
  return typeof name === "string" && external === undefined ? [name] : [];
}

function givesUpSubjects({ kind, live, driver, spec, action }: ApplyStep): boolean {
  if (kind === "consumer" || action === "delete" || !live) return false;
  const wanted = subjectsOf(driver.toBase(spec));
  return subjectsOf(live.base).some((subject) => !wanted.includes(subject));
}

function subjectsOf({ subjects, mirror, sources, name }: Fields): readonly string[] {
  return (subjects as string[] | undefined) ?? (mirror || sources ? [] : [String(name)]);
}

function overlap(some: readonly string[], others: readonly string[]): boolean {
  return some.some((subject) => others.some((other) => subjectsOverlap(subject, other)));
}
