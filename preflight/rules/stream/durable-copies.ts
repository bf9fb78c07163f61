import { subjectsOverlap } from "../../../model/subjects";
import { originsOf } from "../../origins";
import type { StreamRule } from "../../rule";
import { isSet, show } from "../../values";

/** A durable consumer of the origin says itself where it starts and what it takes. server/stream.go checkStreamCfg. */
export const durableCopy: StreamRule = {
  code: "SP124",
  severity: "error",
  on: "stream",
  says: "A mirror or source that copies through a `consumer` has no start position and no filter: the consumer has them.",
  refusals: [{ code: 10213 }, { code: 10215 }],
  since: "2.14.0",
  *find(stream) {
    for (const { field, source } of originsOf(stream)) {
      if (!source.consumer) continue;
      for (const key of ["optStartSeq", "optStartTime", "filterSubject"] as const) {
        const value = source[key];
        if (!isSet(value) || value === 0) continue;
        yield {
          field: `${field}.${key}`,
          value,
          problem: `cannot be set together with consumer "${source.consumer.name}"`,
          remedy: "Set it on that consumer.",
        };
      }
    }
  },
};

/** One consumer cannot feed two sources. */
export const durableCopyTwice: StreamRule = {
  code: "SP125",
  severity: "error",
  on: "stream",
  says: "Two `sources` must not copy through the same consumer.",
  refusals: [{ code: 10216 }],
  since: "2.14.0",
  *find({ spec }) {
    const seen = new Set<string>();
    for (const [i, { name, external, consumer }] of (spec.sources ?? []).entries()) {
      if (!consumer) continue;
      const key = JSON.stringify([name, external?.api, consumer.name]);
      if (seen.has(key))
        yield {
          field: `sources[${i}].consumer.name`,
          value: consumer.name,
          problem: `${show(consumer.name)} feeds another source already`,
          remedy: "Make a consumer for each source.",
        };
      seen.add(key);
    }
  },
};

/** The API of another account or domain has a prefix of its own. */
export const externalApi: StreamRule = {
  code: "SP126",
  severity: "error",
  on: "stream",
  says: "`external.api` must not be this account's own `$JS.API`.",
  refusals: [{ code: 10021 }],
  *find(stream) {
    for (const { field, source } of originsOf(stream)) {
      const api = source.external?.api;
      if (!api || !subjectsOverlap(api, "$JS.API")) continue;
      yield {
        field: `${field}.external.api`,
        value: api,
        problem: `${show(api)} is this account's own API`,
        remedy: "Name the other side's, such as $JS.hub.API, or remove external.",
      };
    }
  },
};
