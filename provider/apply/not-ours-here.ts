import { notOurs, type TakeOver } from "../ownership";
import type { Writer } from "../write-asset";

const BY_COMMAND: TakeOver = {
  stamped: (owner) => `run again with --adopt-from ${owner}`,
  unstamped: "run again with --adopt",
};

/** Why an asset that exists is not touched, in the words of the command line. */
export const notOursHere: Writer["notOurs"] = (kind, name, stamp) => notOurs(kind, name, stamp, BY_COMMAND);
