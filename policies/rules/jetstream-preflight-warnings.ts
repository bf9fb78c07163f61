import { defineRule } from "../rule";
import { isRefusal } from "./jetstream-preflight";

/** What a server accepts of the set although it cannot work. */
export const preflightWarnings = defineRule({
  id: "jetstream-preflight-warnings",
  title: "Nothing in the set is without effect",
  severity: "low",
  levels: { dev: "advisory", staging: "advisory", prod: "advisory" },
  why: "A server accepts fields that have no effect and filters that match nothing. Whoever wrote them believes they do something.",
  fix: "Do what the message says; its code has a page under docs/errors.",
  topics: ["correctness"],
  on: "account",
  example: {
    fails: {
      streams: { A_V1: { subjects: ["a.v1.>"] } },
      consumers: [{ stream: "A_V1", name: "b_all", kind: "pull", ackPolicy: "explicit", filterSubject: "b.v1.>" }],
    },
    passes: {
      streams: { A_V1: { subjects: ["a.v1.>"] } },
      consumers: [{ stream: "A_V1", name: "b_all", kind: "pull", ackPolicy: "explicit", filterSubject: "a.v1.b" }],
    },
  },
  *find(account) {
    for (const found of account.preflight()) {
      const { kind, name, severity: _, ...rest } = found;
      if (!isRefusal(found)) yield { about: { kind, name }, ...rest };
    }
  },
});
