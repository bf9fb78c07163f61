/** What cdk8s-cli gives a validation plugin, as far as it is used. */
export interface ValidationContext {
  /** Paths of the manifests. */
  readonly manifests: readonly string[];
  readonly report: ValidationReport;
  /** Objects of a manifest. */
  parseManifest(path: string): unknown[];
}

/** The report of a plugin. */
export interface ValidationReport {
  addViolation(violation: Violation): void;
  submit(status: "success" | "failure", metadata?: Readonly<Record<string, string>>): void;
}

/** A rule that does not hold, and where. */
export interface Violation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly ViolatingResource[];
}

/** A resource a rule does not hold for. */
export interface ViolatingResource {
  readonly resourceName: string;
  readonly locations: readonly string[];
  readonly manifestPath: string;
}
