import type { StreamRule } from "../../rule";
import { show, span } from "../../values";

/** Duplicates cannot be remembered longer than messages live. server/stream.go checkStreamCfg. */
export const duplicateWindow: StreamRule = {
  code: "SP108",
  severity: "error",
  on: "stream",
  says: "`duplicateWindow` is at most `maxAge`.",
  refusals: [{ code: 10052, text: "duplicates window can not be larger then max age" }],
  *find({ spec: { maxAge, duplicateWindow: window } }) {
    if (span(maxAge) === 0n || span(window) <= span(maxAge)) return;
    yield {
      field: "duplicateWindow",
      value: window,
      problem: `${show(window)} is longer than maxAge ${show(maxAge)}`,
      remedy: "Shorten it, or leave it out: it then follows maxAge.",
    };
  },
};
