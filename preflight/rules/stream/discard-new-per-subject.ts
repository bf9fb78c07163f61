import type { StreamRule } from "../../rule";
import { limit } from "../../values";

/** Refusing per subject needs a limit per subject and refusal as the policy. server/stream.go checkStreamCfg. */
export const discardNewPerSubject: StreamRule = {
  code: "SP110",
  severity: "error",
  on: "stream",
  says: '`discardNewPerSubject` needs `discard: "new"` and a limit `maxMsgsPerSubject`.',
  refusals: [{ code: 10052, text: "discard new per subject requires" }],
  *find({ spec }) {
    if (!spec.discardNewPerSubject) return;
    const found = { field: "discardNewPerSubject", value: true };
    if (spec.discard !== "new")
      yield { ...found, problem: `needs discard "new", got "${spec.discard ?? "old"}"`, remedy: 'Set discard: "new".' };
    if (limit(spec.maxMsgsPerSubject) === undefined)
      yield { ...found, problem: "needs a limit per subject", remedy: "Set maxMsgsPerSubject." };
  },
};
