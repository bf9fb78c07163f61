import { isLiteral, isValidSubject } from "../../../model/subjects";
import { sameValue } from "../../../model/walk";
import type { ClusterRule } from "../rule";

/** Two keys are two keys. */
export const keysDiffer: ClusterRule = {
  code: "CL251",
  severity: "error",
  says: "`jetstream.encryption.previousKey` is another key than `key`.",
  refusals: [],
  *find({ spec }) {
    const { key, previousKey } = spec.jetstream?.encryption ?? {};
    if (previousKey === undefined || !sameValue(key, previousKey)) return;
    yield {
      field: "jetstream.encryption.previousKey",
      problem: "is the same as key",
      remedy: "Set the key before this one, or remove it.",
    };
  },
};

/** The name of a domain is part of subjects. server/jetstream.go validateJetStreamOptions. */
export const domainIsToken: ClusterRule = {
  code: "CL252",
  severity: "error",
  says: "`jetstream.domain` is a name a subject can have, without `/` and `\\`.",
  refusals: ["invalid domain name"],
  *find({ spec }) {
    const domain = spec.jetstream?.domain;
    if (domain === undefined || (isValidSubject(domain) && isLiteral(domain) && !/[/\\]/.test(domain))) return;
    yield {
      field: "jetstream.domain",
      value: domain,
      problem: `"${domain}" is no name of a domain`,
      remedy: "Use letters, digits, - and _.",
    };
  },
};
