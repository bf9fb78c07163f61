import * as pulumi from "@pulumi/pulumi";
import { type Finding, formatFinding } from "../../model/finding";

/** Ends the program with all findings at once, and without a stack trace; does nothing when there are none. */
export function report(findings: readonly Finding[]): void {
  if (findings.length > 0) throw new pulumi.RunError(findings.map(formatFinding).join("\n"));
}
