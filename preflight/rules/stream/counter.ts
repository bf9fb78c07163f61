import type { StreamFields } from "../../asset";
import type { StreamRule } from "../../rule";
import { span } from "../../values";

const EXCLUDED: readonly { field: string; when: (spec: StreamFields) => boolean; text: string }[] = [
  { field: "discard", when: ({ discard }) => discard === "new", text: 'excludes discard "new"' },
  { field: "allowMsgTtl", when: ({ allowMsgTtl }) => allowMsgTtl === true, text: "excludes allowMsgTtl" },
  {
    field: "subjectDeleteMarkerTtl",
    when: (spec) => span(spec.subjectDeleteMarkerTtl) > 0n,
    text: "excludes subjectDeleteMarkerTtl, which turns on message TTLs",
  },
  { field: "allowMsgSchedules", when: (spec) => spec.allowMsgSchedules === true, text: "excludes allowMsgSchedules" },
  {
    field: "retention",
    when: ({ retention = "limits" }) => retention !== "limits",
    text: 'needs retention "limits"',
  },
];

const TTLS = new Set(["allowMsgTtl", "subjectDeleteMarkerTtl"]);

/** What a stream of counters cannot be. server/stream.go checkStreamCfg. */
export const counter: StreamRule = {
  code: "SP111",
  severity: "error",
  on: "stream",
  says: 'Counters (`allowMsgCounter`) need `retention: "limits"` and exclude `discard: "new"`, message TTLs and schedules.',
  refusals: [{ code: 10052, text: "counter stream c" }],
  since: "2.12.0",
  *find({ spec }, { facts }) {
    if (!spec.allowMsgCounter) return;
    for (const { field, when, text } of EXCLUDED) {
      // A single server lets delete markers turn TTLs on, and they are sent without; a cluster checks once more.
      const overlooked = TTLS.has(field) && facts.servers === 1 && span(spec.subjectDeleteMarkerTtl) > 0n;
      if (!when(spec) || overlooked) continue;
      yield {
        field: "allowMsgCounter",
        value: true,
        problem: text,
        remedy: `Remove ${field}, or keep counters in a stream of their own.`,
      };
    }
  },
};
