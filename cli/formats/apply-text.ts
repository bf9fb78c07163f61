import { formatFinding } from "../../model/finding";
import type { Applied } from "../../provider/apply/run-steps";
import type { ApplyReport } from "../apply-report";
import { noPaint, type Paint } from "../color";
import { allowedLine, changeLine } from "./plan-text";
import { printable } from "./printable";

const DONE = { create: "created", update: "updated", adopt: "adopted", delete: "deleted", none: "unchanged" } as const;
const NOT_DONE = { failed: "failed", skipped: "not done", stopped: "not done" } as const;

/** For people: what was done with each asset and what was not, a summary at the end. */
export function applyText(report: ApplyReport, paint: Paint = noPaint): string {
  const entries = report.assets.filter(({ outcome }) => outcome !== "unchanged").map((asset) => entry(asset, paint));
  return [...entries, ...(entries.length > 0 ? ["\n"] : []), `${summary(report, paint)}\n`].join("");
}

/** What became of an asset, in one or two words. */
export function wordOf({ step, outcome }: Applied): string {
  return outcome === "done" || outcome === "unchanged" ? DONE[step.action] : NOT_DONE[outcome];
}

function entry(asset: Applied, paint: Paint): string {
  const { step, outcome, findings } = asset;
  const color = outcome === "done" ? paint.success : outcome === "failed" ? paint.error : paint.warning;
  const head = `${color(wordOf(asset))} ${step.kind} ${printable(JSON.stringify(step.name))}\n`;
  if (outcome !== "done") return head + findings.map((finding) => `  ${printable(formatFinding(finding))}\n`).join("");
  return (
    head + step.changes.map((change) => changeLine(change, step, paint) + allowedLine(change, step.writer)).join("")
  );
}

const ORDER = ["created", "updated", "adopted", "deleted", "unchanged", "failed", "not done"];

function summary({ assets, server, version }: ApplyReport, paint: Paint): string {
  const words = assets.map(wordOf);
  const counts = ORDER.map((word) => [words.filter((one) => one === word).length, word] as const);
  const said = counts.filter(([count, word]) => count > 0 || word === "unchanged");
  const color = words.includes("failed") ? paint.error : words.includes("not done") ? paint.warning : paint.success;
  const text = said.map(([count, word]) => `${count} ${word}`).join(", ");
  return `${color(text)}, on nats-server ${version} at ${server}`;
}
