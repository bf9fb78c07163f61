import { originsOf } from "../../origins";
import type { ConsumerRule, StreamRule } from "../../rule";
import { show } from "../../values";

const DECLARE = "Correct the name, declare it, or list it under external.";

/** A copy of a stream nobody declares stays empty. */
export const originUnknown: StreamRule = {
  code: "SW101",
  severity: "warning",
  on: "stream",
  says: "A mirror or source names a stream that is neither declared, nor on the server, nor listed under `external`.",
  refusals: [],
  whole: true,
  *find(stream, world) {
    for (const { field, role, source } of originsOf(stream)) {
      if (source.external || world.knows(source.name)) continue;
      yield {
        field: `${field}.name`,
        value: source.name,
        problem: `${show(source.name)} is not declared: the ${role} copies nothing until it exists`,
        remedy: DECLARE,
      };
    }
  },
};

/** A consumer of a stream nobody declares cannot be created before that stream is. */
export const streamUnknown: ConsumerRule = {
  code: "SW102",
  severity: "warning",
  on: "consumer",
  says: "A consumer names a stream that is neither declared nor listed under `external`.",
  refusals: [],
  whole: true,
  *find({ spec }, world) {
    if (world.facts.streams || world.knows(spec.stream)) return;
    yield {
      field: "stream",
      value: spec.stream,
      problem: `${show(spec.stream)} is not declared: the consumer cannot be created before it exists`,
      remedy: DECLARE,
    };
  },
};
