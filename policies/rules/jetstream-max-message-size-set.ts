import { parseBytes } from "../../model/units";
import { limit, show } from "../../preflight/values";
import { bytes } from "../options";
import { defineRule } from "../rule";

/** How large one message may be is decided, not found out. */
export const maxMessageSizeSet = defineRule({
  id: "jetstream-max-message-size-set",
  title: "The largest message is bounded",
  severity: "medium",
  levels: { dev: "disabled", staging: "advisory", prod: "mandatory" },
  why: "Without a bound a stream takes whatever the server's max_payload lets through: one publisher with large messages fills what was sized for small ones, and readers have to hold them in memory. The size counts headers too. Object stores cut what they keep into pieces and need no bound. Nor does a mirror, or a stream that only has sources: there a bound below that of the origin keeps messages out that were stored before.",
  fix: "Set it to the largest message there should be, with its headers.",
  topics: ["capacity"],
  frameworks: ["ISO/IEC 27001:2022 A.8.6"],
  options: {
    // The server's own default max_payload: above it, messages are refused unless somebody has raised that.
    most: bytes("1MiB", "Largest bound that is accepted; empty is any."),
  },
  on: "stream",
  kinds: ["stream", "key-value bucket"],
  example: {
    fails: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], maxMsgSize: -1 } } },
    passes: { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], maxMsgSize: "64KiB" } } },
  },
  *find({ spec }, { most }) {
    const { maxMsgSize, sealed, mirror, sources = [] } = spec;
    const onlyCopies = mirror || (sources.length > 0 && !spec.subjects?.length);
    if (sealed || onlyCopies) return;
    const size = limit(maxMsgSize);
    const largest = most === "" ? undefined : parseBytes(most);
    if (size === undefined)
      yield { field: "maxMsgSize", problem: "is not set: only the server's max_payload bounds a message" };
    else if (largest !== undefined && size > largest)
      yield {
        field: "maxMsgSize",
        value: maxMsgSize,
        problem: `${show(maxMsgSize)} is above ${most}`,
        remedy: "Lower it, and keep what is larger in an object store.",
      };
  },
});
