import { formatFinding } from "../../model/finding";
import { formatPlace } from "../../model/place";
import { waiverLine } from "../../policies/waiver-line";
import type { Paint } from "../color";
import type { Report, ReportWaived } from "../report";
import { printable } from "./printable";

/** What is waived, with the reason and how long it still holds: one entry, or none. */
export function waivedText({ policies }: Report, paint: Paint): string[] {
  const waived = policies?.waived ?? [];
  return waived.length === 0 ? [] : [`waived\n${waived.map((one) => entry(one, paint)).join("")}`];
}

function entry({ finding, waiver, daysLeft }: ReportWaived, paint: Paint): string {
  const { file } = finding;
  const place = file === undefined ? "" : `${paint.place(printable(formatPlace({ ...finding, file })))} `;
  const message = formatFinding({ ...finding, remedy: "" }).trimEnd();
  const lines = [message, waiverLine(waiver, daysLeft)].map((line) => printable(line).replaceAll("\n", " "));
  return `  ${place}${lines.join("\n    ")}\n`;
}
