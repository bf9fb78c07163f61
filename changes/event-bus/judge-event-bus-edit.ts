import type { Acknowledgment } from "../../model/acknowledgment";
import type { EventBusSpec } from "../../model/event-bus/event-bus-spec";
import type { Finding } from "../../model/finding";
import { isObject } from "../../model/walk";
import { editedValues, eventBusChangeCodes, HAZARDS, refusedEventBusEdits } from "./event-bus-change";
import { planEventBusChange } from "./plan-event-bus-change";

/** What stands against an edit: what Argo or Kubernetes refuses, and what loses events and is not acknowledged. Pure. */
export function judgeEventBusEdit(
  before: EventBusSpec,
  after: EventBusSpec,
  allow: readonly Acknowledgment[] = [],
): Finding[] {
  return refusedEventBusEdits(planEventBusChange(before, after), allow).map((change) => {
    const { code, name, field, edit, remedy = "Keep it as it was." } = change;
    const problem = `cannot change${editedValues(change)}: ${eventBusChangeCodes[code].replace(/\.$/, "")}`;
    const told = change.to === undefined ? "" : `, to: ${JSON.stringify(change.to)}`;
    const allowed = ` Where it is meant: allow: [{ code: "${code}", field: "${field}"${told}, reason: "…" }].`;
    const way = edit === "hazard" ? allowed : "";
    return { code, severity: "error", kind: "event bus", name, field, problem, remedy: `${remedy}${way}` };
  });
}

/** What goes with a bus that is not declared any more. */
export function judgeEventBusRemoval({ name, type }: EventBusSpec): Finding[] {
  if (type !== "native") return [];
  const problem =
    "is not declared any more: deleting it deletes its servers and their volumes, with all events and what sensors have read";
  const remedy = "Delete it when its events are read, or declare it again to keep it.";
  return [{ code: "EB308", severity: "warning", kind: "event bus", name, field: "", problem, remedy }];
}

/** What is wrong with the edits that are said to be meant: one that names nothing would hide a mistake. */
export function checkEventBusAllow(name: string, allow: unknown): Finding[] {
  if (allow === undefined) return [];
  if (!Array.isArray(allow)) return [wrong(name, "allow", "must be a list of acknowledgments")];
  return allow.flatMap((said, i) => {
    const problem = wrongWith(said);
    return problem ? [wrong(name, `allow[${i}]`, problem)] : [];
  });
}

function wrongWith(said: unknown): string | undefined {
  if (!isObject(said)) return "must have code, field, to and reason";
  const { code, field, reason } = said;
  if (!HAZARDS.some((one) => one === code))
    return `names code ${JSON.stringify(code)}, which is none of ${HAZARDS.join(", ")}`;
  if (typeof field !== "string" || field === "") return "names no field";
  return typeof reason === "string" && reason.trim() !== "" ? undefined : "has no reason";
}

function wrong(name: string, field: string, problem: string): Finding {
  const remedy = "Correct it, or remove it: an acknowledgment holds for one edit.";
  return { code: "AK101", severity: "error", kind: "event bus", name, field, problem, remedy };
}
