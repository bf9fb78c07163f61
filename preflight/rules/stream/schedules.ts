import type { StreamRule } from "../../rule";

/** A scheduled message replaces its schedule: it must not be refused. server/stream.go checkStreamCfg. */
export const schedulesDiscard: StreamRule = {
  code: "SP112",
  severity: "error",
  on: "stream",
  says: '`allowMsgSchedules` excludes `discard: "new"`.',
  refusals: [{ code: 10052, text: "message scheduling cannot use discard new" }],
  since: "2.12.10",
  *find({ spec }) {
    if (!spec.allowMsgSchedules || spec.discard !== "new") return;
    yield {
      field: "allowMsgSchedules",
      value: true,
      problem: 'excludes discard "new"',
      remedy: 'Use discard: "old", or keep schedules in a stream of their own.',
    };
  },
};

/** A stream of schedules copies from nowhere. server/stream.go checkStreamCfg. */
export const schedulesSources: StreamRule = {
  code: "SP127",
  severity: "error",
  on: "stream",
  says: "`allowMsgSchedules` excludes `sources`.",
  refusals: [{ code: 10187 }],
  since: "2.12.0",
  *find({ spec }) {
    if (!spec.allowMsgSchedules || !spec.sources?.length) return;
    yield {
      field: "allowMsgSchedules",
      value: true,
      problem: "excludes sources",
      remedy: "Keep schedules in a stream of their own, and source from it.",
    };
  },
};
