/** What the command tells scripts. Documented in `docs/cli.md`. */
export const EXIT = {
  /** Nothing a server would refuse. Warnings are allowed. */
  ok: 0,
  /** Errors were found. */
  errors: 1,
  /** The command could not do its work: wrong usage, a file that cannot be read, a server that does not answer. */
  failed: 2,
  /** `plan`: there is something to do. */
  changes: 2,
  /** `plan`: something of it does harm, or the server refuses it. */
  dangerous: 3,
  /** Ended by Ctrl-C. */
  interrupted: 130,
} as const;

/** A mistake the user can mend: printed as one message, without a stack. */
export class Trouble extends Error {}
