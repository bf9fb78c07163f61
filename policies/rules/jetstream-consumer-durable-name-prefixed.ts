import { pattern, texts } from "../options";
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
    services: texts([], "The services there are: what is before the first underscore is one of them. Empty is any."),
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
  *find({ spec: { name } }, { pattern, services }) {
    if (!new RegExp(pattern).test(name)) {
      yield { field: "name", value: name, problem: `${JSON.stringify(name)} does not match ${pattern}` };
      return;
    }
    const [service = ""] = name.split("_");
    if (services.length === 0 || services.includes(service)) return;
    const problem = `${JSON.stringify(name)} begins with ${JSON.stringify(service)}, which is no known service (${services.join(", ")})`;
    yield { field: "name", value: name, problem, remedy: "Begin it with one of them, or add the service to the list." };
  },
});
