import type { Severity } from "../../model/finding";

type Fields = Readonly<Record<string, unknown>>;

/** Why a value cannot be carried, and what to do. */
export interface Refusal {
  readonly code: string;
  readonly severity: Severity;
  readonly problem: string;
  readonly remedy: string;
}

/** Takes what cannot be written, with the path of the field in the model. */
export type Refuse = (field: string, refusal: Refusal, value: unknown) => void;

/** Takes what cannot be read, with the path of the field in NACK's words. */
export type Report = (field: string, problem: string, remedy: string, value: unknown) => void;

/** How the value of one field travels. */
export interface Form {
  /** From the normal form to NACK; `undefined` where it cannot. */
  readonly write: (value: unknown, field: string, refuse: Refuse) => unknown;
  /** From NACK to the model; `undefined` where it cannot. */
  readonly read: (value: unknown, field: string, report: Report) => unknown;
  /** Rows of the objects this form writes, where it writes objects. */
  readonly rows?: readonly Row[];
}

/** A field NACK has. */
export interface CarriedRow {
  /** Path in the model, `external.api`. */
  readonly field: string;
  /** Name in NACK. */
  readonly nack: string;
  readonly form: Form;
  /**
   * What is written for a field that is not set, because leaving it out means something else to NACK.
   * @default - the field is left out
   */
  readonly unset?: unknown | ((spec: Fields) => unknown);
  /**
   * What leaving the field out, or writing an empty text, means to NACK, in its words.
   * @default - the same as here
   */
  readonly assumed?: unknown;
}

/** A field, or a value of a field, NACK has not. */
export interface RefusedRow {
  readonly field: string;
  readonly refusal: Refusal;
}

export type Row = CarriedRow | RefusedRow;

export const isCarried = (row: Row): row is CarriedRow => "nack" in row;

/** The row of a field NACK does not have, and without which a server would behave otherwise. */
export function cannotSay(field: string, remedy: string): RefusedRow {
  const problem = "cannot be said in a NACK resource";
  return { field, refusal: { code: "NK101", severity: "error", problem, remedy } };
}
