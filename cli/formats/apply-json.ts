import { labelOf } from "../../changes/change";
import { bigintAsText } from "../../model/walk";
import type { ApplyReport } from "../apply-report";

/** For machines; `docs/apply.md` has the shape. */
export function applyJson({ server, version, owner, assets }: ApplyReport): string {
  const shown = assets.map(({ step, outcome, findings }) => ({
    kind: step.kind,
    name: step.name,
    action: step.action,
    outcome,
    changes: step.changes.map((change) => ({
      code: change.code,
      class: labelOf(change),
      field: change.field,
      from: change.from ?? null,
      to: change.to ?? null,
    })),
    findings: findings.map(({ code, field, problem, remedy }) => ({ code, field, problem, remedy })),
  }));
  const done = (action: string) =>
    assets.filter(({ step, outcome }) => outcome === "done" && step.action === action).length;
  const ended = (...outcomes: string[]) => assets.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const summary = {
    created: done("create"),
    updated: done("update"),
    adopted: done("adopt"),
    deleted: done("delete"),
    unchanged: ended("unchanged"),
    failed: ended("failed"),
    notDone: ended("skipped", "stopped"),
  };
  const shape = { version: 1, report: "apply", server, serverVersion: version, owner, assets: shown, summary };
  return `${JSON.stringify(shape, bigintAsText, 2)}\n`;
}
