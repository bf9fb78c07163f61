import { DEFAULT_WINDOW } from "../../model/defaults";
import { formatDuration } from "../../model/units";
import { unlessHidden } from "../../preflight/asset";
import { show, span } from "../../preflight/values";
import { duration } from "../options";
import { defineRule } from "../rule";

/** Repeated publishes are recognized for as long as publishers repeat them. */
export const dedupWindowFits = defineRule({
  id: "jetstream-dedup-window-fits",
  title: "The duplicate window is as long as publishers retry, and no longer than messages live",
  severity: "medium",
  levels: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  why: "Within the window a message whose Nats-Msg-Id was seen before is not stored again. A publisher that retries after it stores the message twice. The server holds every id of the window in memory, and reads the messages of that time again when it opens the stream. Where none is set the window is 2 minutes, or maxAge where that is less. Mirrors are not judged, nor streams with sources that set none: what those have depends on the server's version.",
  fix: "Set duplicateWindow a little longer than publishers retry.",
  topics: ["correctness", "capacity"],
  frameworks: ["ISO/IEC 27001:2022 A.8.6"],
  options: {
    least: duration("1m", "Shortest window; a stream whose maxAge is shorter needs maxAge."),
    most: duration("1h", "Longest window; 0s is any."),
  },
  on: "stream",
  kinds: ["stream"],
  example: {
    fails: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], maxAge: "30d", duplicateWindow: "24h" } } },
    passes: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], maxAge: "30d", duplicateWindow: "10m" } } },
  },
  *find({ spec }, { least, most }) {
    if (spec.mirror) return;
    const { duplicateWindow } = spec;
    if (duplicateWindow === undefined && spec.sources?.length) return;
    const age = unlessHidden(() => span(spec.maxAge));
    if (duplicateWindow === undefined && age === undefined) return;
    const window = duplicateWindow === undefined ? shorter(span(DEFAULT_WINDOW), age) : span(duplicateWindow);
    const says = duplicateWindow === undefined ? `is not set: ${formatDuration(window)}` : show(duplicateWindow);
    const at = { field: "duplicateWindow", value: duplicateWindow };
    if (span(most) > 0n && window > span(most))
      yield { ...at, problem: `${says} is longer than ${most}: every message id is held in memory that long` };
    if (age === undefined) return;
    if (age > 0n && window > age)
      yield {
        ...at,
        problem: `${says} is longer than maxAge ${show(spec.maxAge)}`,
        remedy: "Shorten it to maxAge or less.",
      };
    if (window < shorter(span(least), age))
      yield { ...at, problem: `${says} is shorter than ${least}: a publisher that retries later stores twice` };
  },
});

// 0 is no age.
function shorter(window: bigint, age = 0n): bigint {
  return age > 0n && age < window ? age : window;
}
