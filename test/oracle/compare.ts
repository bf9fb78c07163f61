import type { Finding } from "../../model/finding";
import type { Rule } from "../../preflight/rule";
import { rules } from "../../preflight/rules";
import type { Verdict } from "./server-verdict";

// A wrong shape, whatever the server makes of it.
const SHAPES = ["SP101", "SP102"];

/** How preflight and the server differ about one asset; `undefined` where they agree. */
export function compare(errors: readonly Finding[], verdict: Verdict): string | undefined {
  if (verdict.accepted) return errors.length === 0 ? undefined : `preflight refuses (${codes(errors)}), server accepts`;
  const said = `server refuses (${verdict.code} ${verdict.description})`;
  if (errors.length === 0) return `preflight accepts, ${said}`;
  const matches = errors.some(({ code }) => isClassOf(code, verdict));
  return matches ? undefined : `preflight refuses (${codes(errors)}) for another reason, ${said}`;
}

/** True when a finding of this code can stand for the server's refusal. */
export function isClassOf(code: string, verdict: Verdict & { accepted: false }): boolean {
  if (SHAPES.includes(code)) return true;
  const rule: Rule | undefined = rules.find((candidate) => candidate.code === code);
  return (rule?.refusals ?? []).some(
    (refusal) => refusal.code === verdict.code && verdict.description.includes(refusal.text ?? ""),
  );
}

function codes(errors: readonly Finding[]): string {
  return [...new Set(errors.map(({ code }) => code))].join(", ");
}
