import { pattern } from "../options";
import { defineRule } from "../rule";

/** Who reads a stream is told by the names of its consumers. */
export const consumerDurableNamePrefixed = defineRule({
  id: "jetstream-consumer-durable-name-prefixed",
  title: "A consumer's name begins with the service that reads",
  severity: "low",
  levels: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  why: "A consumer outlives the processes that use it. When its lag grows, the name is what tells whom to ask; two services that choose the same name share one consumer and take each other's messages.",
  fix: "Begin the name with the service, as in sensor-gateway_raw_ingest_cursor.",
  topics: ["naming", "ownership"],
  options: {
    pattern: pattern(
      "^[a-z][a-z0-9]*(-[a-z0-9]+)*_[a-z0-9]+(_[a-z0-9]+)*$",
      "What a name looks like: the service, an underscore, and what it reads for.",
    ),
  },
  on: "consumer",
  example: {
    fails: {
      streams: { INGEST_RAW_V1: { subjects: ["ingest.v1.raw"] } },
      consumers: [{ stream: "INGEST_RAW_V1", name: "cursor", kind: "pull", ackPolicy: "explicit" }],
    },
    passes: {
      streams: { INGEST_RAW_V1: { subjects: ["ingest.v1.raw"] } },
      consumers: [
        { stream: "INGEST_RAW_V1", name: "sensor-gateway_raw_ingest_cursor", kind: "pull", ackPolicy: "explicit" },
      ],
    },
  },
  *find({ spec: { name } }, { pattern }) {
    if (new RegExp(pattern).test(name)) return;
    yield { field: "name", value: name, problem: `${JSON.stringify(name)} does not match ${pattern}` };
  },
});
