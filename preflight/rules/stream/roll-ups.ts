import type { StreamRule } from "../../rule";

/** A roll-up is a purge. server/stream.go checkStreamCfg. */
export const rollUpsPurge: StreamRule = {
  code: "SP109",
  severity: "error",
  on: "stream",
  says: "`allowRollupHdrs` and `denyPurge` exclude each other: a roll-up is a purge.",
  refusals: [{ code: 10052, text: "roll-ups require the purge permission" }],
  *find({ spec: { denyPurge, allowRollupHdrs } }) {
    if (!denyPurge || !allowRollupHdrs) return;
    yield {
      field: "allowRollupHdrs",
      value: true,
      problem: "needs purges, and denyPurge refuses them",
      remedy: "Keep one of the two.",
    };
  },
};
