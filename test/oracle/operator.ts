import { type Authenticator, jwtAuthenticator } from "@nats-io/transport-node";
import { makeOperator } from "../support/operator";
import { type AccountLimits, limitClaims } from "./account-limits";

export { signed } from "../support/operator";

/** Accounts with limits of their own, tiers included: only tokens of an operator can say those. */
export interface OperatorAccounts {
  /** Lines of a server's configuration. */
  readonly config: string;
  /** How to log in to each account, in the order they were asked for. */
  readonly logins: readonly Authenticator[];
}

export function operatorAccounts(limits: readonly AccountLimits[]): OperatorAccounts {
  const operator = makeOperator(limits.map(limitClaims));
  const preload = Object.entries(operator.preload).map(([id, jwt]) => `${id}: ${jwt}`);
  const config = [
    `operator: ${operator.jwt}`,
    `system_account: ${operator.systemAccount}`,
    "resolver: MEMORY",
    `resolver_preload: { ${preload.join("\n")} }`,
  ].join("\n");
  const logins = limits.map((_, i) => {
    const { jwt, seed } = operator.user(i);
    return jwtAuthenticator(jwt, new TextEncoder().encode(seed));
  });
  return { config, logins };
}
