import type { Paint } from "../color";
import type { Report } from "../report";
import { jsonReport } from "./json";
import { junitReport } from "./junit";
import { sarifReport } from "./sarif";
import { textReport } from "./text";

/** Every format of a report, by the name `--format` takes. */
export const formats = {
  text: textReport,
  json: jsonReport,
  sarif: sarifReport,
  junit: junitReport,
} satisfies Readonly<Record<string, (report: Report, paint: Paint) => string>>;

export type Format = keyof typeof formats;
