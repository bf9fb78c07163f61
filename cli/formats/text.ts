import { formatFinding } from "../../model/finding";
import { formatPlace, type LocatedFinding } from "../../model/place";
import { noPaint, type Paint } from "../color";
import { countAssets, countFindings, groupFindings, type Report, rulesRun } from "../report";
import { printable } from "./printable";
import { waivedText } from "./waived-text";

/** For people: every finding with its place, a summary at the end. */
export function textReport(report: Report, paint: Paint = noPaint): string {
  const waived = waivedText(report, paint);
  return [...groupEntries(report, paint), ...waived, `${summary(report, paint)}\n`].join("\n");
}

/** The same without a summary. */
export function textFindings(report: Report, paint: Paint = noPaint): string {
  return groupEntries(report, paint).join("\n");
}

function groupEntries(report: Report, paint: Paint): string[] {
  return groupFindings(report).map(({ findings }) => findings.map((finding) => entry(finding, paint)).join(""));
}

function entry(finding: LocatedFinding, paint: Paint): string {
  const { file, severity } = finding;
  const place = file === undefined ? "" : `${paint.place(printable(formatPlace({ ...finding, file })))} `;
  const message = printable(formatFinding(finding)).replaceAll("\n", "\n  ");
  return `${place}${paint[severity](severity)}\n  ${message}\n`;
}

/** `3 errors, 1 warning in 12 streams, 30 consumers, 2 files` */
export function summary(report: Report, paint: Paint = noPaint): string {
  const { errors, warnings } = countFindings(report);
  const found = [count(errors, "error"), count(warnings, "warning")].filter((part) => !part.startsWith("0 "));
  const color = errors > 0 ? paint.error : warnings > 0 ? paint.warning : paint.success;
  const verdict = color(found.length > 0 ? found.join(", ") : "No problems");
  const waived = report.policies?.waived.length ? `, ${report.policies.waived.length} waived` : "";
  const subject = checked(report);
  return `${verdict}${waived}${subject && ` in ${subject}`}${against(report)}${byRules(report)}`;
}

function checked(report: Report): string {
  const {
    streams = 0,
    consumers = 0,
    keyValues = 0,
    objectStores = 0,
    clusters = 0,
    eventBuses = 0,
  } = countAssets(report);
  const files = report.files.length > 0 ? [count(report.files.length, "file")] : [];
  if (!report.judged) return files.join("");
  const assets = [
    count(streams, "stream"),
    count(consumers, "consumer"),
    count(keyValues, "key-value bucket"),
    count(objectStores, "object store"),
    count(clusters, "cluster"),
    `${eventBuses} event ${eventBuses === 1 ? "bus" : "buses"}`,
  ].filter((part) => !part.startsWith("0 "));
  return [...(assets.length > 0 ? assets : ["0 streams"]), ...files].join(", ");
}

function against({ judged }: Report): string {
  if (!judged) return "; nothing was judged, because not everything could be read";
  return judged.server
    ? `, for nats-server ${judged.version} at ${judged.server}`
    : `, for nats-server ${judged.version}`;
}

function byRules({ policies }: Report): string {
  return policies ? `, by ${count(rulesRun(policies).length, "rule")} as in ${policies.preset}` : "";
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
