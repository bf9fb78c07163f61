/** Says that one edit is meant: `{ code: "DL102", field: "maxBytes", to: "2GiB", reason: "agreed with the owners" }`. */
export interface Acknowledgment {
  /** The code of the change, as the message that refuses it says. */
  readonly code: string;
  readonly field: string;
  /**
   * The value the field has afterwards.
   * @default - not set
   */
  readonly to?: unknown;
  /** Why this is right; it is kept where the program is kept. */
  readonly reason: string;
}
