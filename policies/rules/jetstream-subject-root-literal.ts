import { isLiteral } from "../../model/subjects";
import { subjectsOf } from "../../preflight/asset";
import { show } from "../../preflight/values";
import { defineRule } from "../rule";

/** A stream takes what its own system publishes. */
export const subjectRootLiteral = defineRule({
  id: "jetstream-subject-root-literal",
  title: "No subject of a stream begins with a wildcard",
  severity: "high",
  levels: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  why: "The first token of a subject says whose it is. A stream whose subject begins with a wildcard stores what every other system of the account publishes, requests and replies among them, and no other stream can have subjects it covers. Such a subject covers the API too, so servers accept it only with noAck: nobody is told what was stored.",
  fix: "Begin the subject with the name of the system, as in orders.v1.>.",
  topics: ["naming", "isolation"],
  on: "stream",
  kinds: ["stream"],
  example: {
    fails: { streams: { ORDERS_V1: { subjects: ["*.v1.placed"], noAck: true } } },
    passes: { streams: { ORDERS_V1: { subjects: ["orders.v1.placed"] } } },
  },
  *find(stream) {
    for (const subject of subjectsOf(stream) ?? []) {
      const [root = ""] = subject.split(".");
      if (!isLiteral(root))
        yield {
          field: "subjects",
          value: subject,
          problem: `${show(subject)} begins with a wildcard: it takes what other systems publish`,
        };
    }
  },
});
