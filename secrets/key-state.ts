/** An encryption key through its rotations. The keys are secrets; nothing is ever removed from it. */
export interface KeyState {
  /** How many keys there have been: 1 for the first. */
  readonly rotate: number;
  readonly current: string;
  /** The key before, which servers still open data of. */
  readonly previous?: string;
  /** Keys no server needs any more, oldest first: kept in case a copy of old data turns up. */
  readonly retired: readonly string[];
}

/** What a program asks of an encryption key. */
export interface KeysWanted {
  /** How many keys there shall have been: one more than now makes a new key. */
  readonly rotate: number;
  /** Whether servers still get the key before this one. */
  readonly previous: "keep" | "drop";
}
