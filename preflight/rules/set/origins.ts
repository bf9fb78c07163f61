import { subjectsOverlap } from "../../../model/subjects";
import { formatBytes } from "../../../model/units";
import { subjectsOf } from "../../asset";
import { originsOf } from "../../origins";
import type { StreamRule } from "../../rule";
import { limit, show } from "../../values";

/** A copy must take every message its origin takes. server/stream.go checkStreamCfg. */
export const originMessageSize: StreamRule = {
  code: "SP206",
  severity: "error",
  on: "stream",
  says: "`maxMsgSize` of a mirror, or with sources, is not below the origin's.",
  refusals: [{ code: 10030 }, { code: 10046 }],
  *find(stream, world) {
    const own = limit(stream.spec.maxMsgSize);
    if (own === undefined) return;
    for (const { source } of originsOf(stream)) {
      const origin = source.external ? undefined : world.stream(source.name);
      const theirs = limit(origin?.spec.maxMsgSize);
      if (!origin || theirs === undefined || own >= theirs) continue;
      yield {
        field: "maxMsgSize",
        value: stream.spec.maxMsgSize,
        problem: `${show(formatBytes(own))} is below the ${show(formatBytes(theirs))} of its origin "${origin.name}"`,
        remedy: "Raise it to the origin's, or lower the origin's.",
      };
    }
  },
};

/** Delivery from elsewhere must not land in a stream that is copied here. server/stream.go checkStreamCfg. */
export const deliverLoop: StreamRule = {
  code: "SP207",
  severity: "error",
  on: "stream",
  says: "`external.deliver` must not put messages on subjects of this account's streams that are copied beside it.",
  refusals: [{ code: 10022 }],
  *find(stream, world) {
    const origins = originsOf(stream);
    const local = origins.flatMap(({ source }) => {
      const origin = source.external ? undefined : world.stream(source.name);
      return origin ? (subjectsOf(origin) ?? []) : [];
    });
    for (const { field, source } of origins) {
      const prefix = source.external?.deliver;
      const hit = prefix && local.find((subject) => subjectsOverlap(subject, `${prefix}.${subject}`));
      if (!hit) continue;
      yield {
        field: `${field}.external.deliver`,
        value: prefix,
        problem: `${show(prefix)} delivers to subjects that ${show(hit)} of another source stores`,
        remedy: "Choose a prefix no stream stores, or leave it out.",
      };
    }
  },
};
