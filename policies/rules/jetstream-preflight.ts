import type { Finding } from "../../model/finding";
import { texts } from "../options";
import { defineRule } from "../rule";

// Warnings about assets nobody declares: on a server that has nothing else they cannot work.
const REFERENCES: ReadonlySet<string> = new Set(["SW101", "SW102"]);

/** True for what this rule reports of a preflight. */
export function isRefusal({ code, severity }: Finding): boolean {
  return severity === "error" || REFERENCES.has(code);
}

/** What a server would refuse of the whole set, and what refers to nothing. */
export const preflightPasses = defineRule({
  id: "jetstream-preflight",
  title: "A server accepts the whole set, and everything it refers to is there",
  severity: "critical",
  levels: { dev: "mandatory", staging: "mandatory", prod: "mandatory" },
  why: "Assets of one account are judged beside each other: subjects of two streams may not overlap, a mirror needs its origin. Components each look only at their own; without this rule the server is the first one to see all of them.",
  fix: "Do what the message says; its code has a page under docs/errors.",
  topics: ["correctness"],
  waivable: false,
  options: { external: texts([], "Streams that are declared elsewhere, in another stack or by other tools.") },
  on: "account",
  example: {
    fails: { streams: { A_V1: { subjects: ["a.v1.>"] }, B_V1: { subjects: ["a.v1.b"] } } },
    passes: { streams: { A_V1: { subjects: ["a.v1.a"] }, B_V1: { subjects: ["a.v1.b"] } } },
  },
  *find(account, { external }) {
    for (const { kind, name, severity: _, ...found } of account.preflight().filter(isRefusal)) {
      const isElsewhere = REFERENCES.has(found.code) && external.includes(String(found.value));
      if (!isElsewhere) yield { about: { kind, name }, ...found };
    }
  },
});
