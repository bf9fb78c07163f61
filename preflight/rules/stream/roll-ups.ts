import type { StreamRule } from "../../rule";
import { span } from "../../values";

/** A roll-up is a purge. server/stream.go checkStreamCfg. */
export const rollUpsPurge: StreamRule = {
  code: "SP109",
  severity: "error",
  on: "stream",
  says: "`allowRollupHdrs` and `denyPurge` exclude each other: a roll-up is a purge.",
  refusals: [{ code: 10052, text: "roll-ups require the purge permission" }],
  *find({ spec: { denyPurge, allowRollupHdrs, subjectDeleteMarkerTtl, allowMsgSchedules } }) {
    // Where markers or schedules turn roll-ups on, the server ends the refusal instead.
    const forced = span(subjectDeleteMarkerTtl) > 0n || allowMsgSchedules;
    if (!denyPurge || !allowRollupHdrs || forced) return;
    yield {
      field: "allowRollupHdrs",
      value: true,
      problem: "needs purges, and denyPurge refuses them",
      remedy: "Keep one of the two.",
    };
  },
};
