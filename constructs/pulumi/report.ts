import * as pulumi from "@pulumi/pulumi";
import { type Finding, formatFinding } from "../../model/finding";

/** Prints warnings; ends the program with all errors at once, and without a stack trace. */
export function report(findings: readonly Finding[]): void {
  const text = (severity: Finding["severity"]) =>
    findings.filter((finding) => finding.severity === severity).map(formatFinding);
  const [errors, warnings] = [text("error"), text("warning")];
  if (errors.length > 0) throw new pulumi.RunError([...errors, ...warnings].join("\n"));
  for (const warning of warnings) pulumi.log.warn(warning);
}
