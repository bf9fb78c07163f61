import { claimsOf } from "../operator-token";
import { isPublicKey } from "../public-key";
import type { ClusterRule } from "../rule";

const TAKES = {
  memory: [],
  url: ["url"],
  full: ["allowDelete", "hardDelete", "interval", "limit", "timeout", "volumeSize"],
  cache: ["limit", "ttl", "timeout", "volumeSize"],
} as const;

/** Each kind of resolver has settings of its own. server/opts.go resolver. */
export const resolverFields: ClusterRule = {
  code: "CL271",
  severity: "error",
  says: "A resolver has the fields of its type; `url` needs `url`, and `hardDelete` needs `allowDelete`.",
  refusals: ["CACHE does not accept", "FULL does not accept", "hard_delete has no effect without delete"],
  refusesSome: true,
  *find({ spec }) {
    const { type = "memory", ...fields } = spec.operator?.resolver ?? {};
    const takes: readonly string[] = TAKES[type];
    for (const key of Object.keys(fields))
      if (!takes.includes(key))
        yield {
          field: `operator.resolver.${key}`,
          problem: `is not for a resolver of type ${type}`,
          remedy: "Remove it, or choose another type.",
        };
    const says = (key: string, problem: string, remedy: string) => ({
      field: `operator.resolver.${key}`,
      problem,
      remedy,
    });
    if (type === "url" && !fields.url) yield says("url", "is required for type url", "Set it.");
    if (type === "full" && fields.hardDelete !== undefined && !fields.allowDelete)
      yield says("hardDelete", "has no effect without allowDelete", "Set allowDelete: true, or remove it.");
  },
};

/** The operator says who he is. server/jwt.go ReadOperatorJWT. */
export const operatorToken: ClusterRule = {
  code: "CL272",
  severity: "error",
  says: "`operator.jwt` is an operator's.",
  refusals: ["operator"],
  *find({ spec: { operator } }) {
    if (!operator || isOperator(operator.jwt)) return;
    yield {
      field: "operator.jwt",
      problem: "is not the JWT of an operator",
      remedy: "Export it: nsc describe operator --raw.",
    };
  },
};

/** The servers know their own account. server/jwt.go validateTrustedOperators. */
export const operatorSystemAccount: ClusterRule = {
  code: "CL273",
  severity: "error",
  says: "With an operator the servers need a system account; where the operator's JWT and `operator.systemAccount` both name one, it is the same.",
  refusals: [
    "system account needs to be specified",
    "system_account in config and operator JWT must be identical",
    "system account not setup",
  ],
  *find({ spec: { operator } }) {
    if (!operator || !isOperator(operator.jwt)) return;
    const named = claimsOf(operator.jwt)?.nats?.system_account;
    const { systemAccount } = operator;
    const field = "operator.systemAccount";
    if (named && systemAccount && named !== systemAccount)
      yield { field, problem: "is not the one the operator's JWT names", remedy: "Remove it." };
    if (!named && !systemAccount)
      yield { field, problem: "is required: the operator's JWT names none", remedy: "Set it." };
  },
};

/** What the servers know from the start belongs to whom it says. server/server.go configureResolver. */
export const preloadedAccounts: ClusterRule = {
  code: "CL274",
  severity: "error",
  says: "`operator.preload` has the JWT of each account under its own public key; a resolver of type `url` has none.",
  refusals: ["preload", "account validation failed", "system account not setup"],
  refusesSome: true,
  *find({ spec: { operator } }) {
    const preload = Object.entries(operator?.preload ?? {});
    if (operator?.resolver?.type === "url" && preload.length > 0)
      yield { field: "operator.preload", problem: "cannot be set with a resolver of type url", remedy: "Remove it." };
    for (const [key, jwt] of preload) {
      const claims = claimsOf(jwt);
      if (claims?.nats?.type === "account" && claims.sub === key && isPublicKey(key)) continue;
      yield { field: `operator.preload.${key}`, problem: "is not the JWT of this account", remedy: "Export it again." };
    }
  },
};

/** An account the servers need at once is there. */
export const systemAccountIsThere: ClusterRule = {
  code: "CL275",
  severity: "error",
  says: "The system account is among `operator.preload` of a resolver of type `memory`: it has nothing else.",
  refusals: ["error resolving system account", "system account not setup"],
  *find({ spec: { operator } }) {
    if (!operator || (operator.resolver?.type ?? "memory") !== "memory") return;
    const account = operator.systemAccount ?? claimsOf(operator.jwt)?.nats?.system_account;
    if (typeof account !== "string" || Object.hasOwn(operator.preload ?? {}, account)) return;
    yield { field: "operator.preload", problem: "lacks the system account", remedy: `Add the JWT of ${account}.` };
  },
};

function isOperator(jwt: string): boolean {
  const claims = claimsOf(jwt);
  const key = claims?.sub;
  return claims?.nats?.type === "operator" && typeof key === "string" && key.startsWith("O") && isPublicKey(key);
}
