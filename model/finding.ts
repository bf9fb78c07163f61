/** A kind of asset that can be declared, in the word messages use. */
export type SpecKind = "stream" | "consumer" | "key-value bucket" | "object store";

/** A secret with a life of its own, in the word messages use. */
export type SecretKind = "encryption key" | "certificate authority" | "certificate" | "password";

/** What a finding can be about. */
export type AssetKind =
  | SpecKind
  | SecretKind
  | "cluster"
  | "event bus"
  | "provisioning job"
  | "topology"
  | "file"
  | "provider"
  | "server";

/** `error`: a server refuses it, or Headwater does. `warning`: accepted, but it cannot work or is a hazard; it never blocks. */
export type Severity = "error" | "warning";

/** One problem of one asset, in data: messages, JSON and annotations are made from it. */
export interface Finding {
  /** Stable, such as `SP101`. The letters are the family, documented in `docs/errors.md`. */
  readonly code: string;
  readonly severity: Severity;
  readonly kind: AssetKind;
  /** The asset's name on the server; a consumer's is `STREAM/NAME`. */
  readonly name: string;
  /** Path of the field, `sources[0].filterSubject`; empty when the whole asset is meant. */
  readonly field: string;
  /** The value got, where one field has it. */
  readonly value?: unknown;
  /** What is wrong, with the value got. */
  readonly problem: string;
  /** What to do about it: one or two sentences. */
  readonly remedy: string;
}

/** `CODE kind "NAME": field, what is wrong, the value got. What to do.` */
export function formatFinding(finding: Finding): string {
  const where = finding.field ? `${finding.field} ` : "";
  return `${finding.code} ${finding.kind} "${finding.name}": ${where}${finding.problem}. ${finding.remedy}`;
}

/** The one error Headwater throws for a user's mistake or a server's refusal: it has findings and no stack frames. */
export class HeadwaterError extends Error {
  readonly code: string;
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(findings.map(formatFinding).join("\n"));
    this.name = "HeadwaterError";
    this.code = findings[0]?.code ?? "";
    this.findings = findings;
    // Pulumi prints message and stack of what `delete` and `read` throw: frames would only repeat the message.
    this.stack = "";
  }

  override toString(): string {
    return `${this.code} (see the message at the resource)`;
  }
}

/** Throws all findings at once; does nothing when there are none. */
export function throwFindings(findings: readonly Finding[]): void {
  if (findings.length > 0) throw new HeadwaterError(findings);
}
