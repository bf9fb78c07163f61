import type { Applied } from "../provider/apply/run-steps";

/** What was done with an account. */
export interface ApplyReport {
  readonly server: string;
  readonly version: string;
  /** `PROJECT/STACK` of the stamps. */
  readonly owner: string;
  readonly assets: readonly Applied[];
}
