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
  return { config, logins: accounts.map(({ key }) => login(key)) };
}

function login(account: nkeys.KeyPair): Authenticator {
  const user = nkeys.createUser();
  const token = signed(account, user.getPublicKey(), "user", { type: "user", ...UNLIMITED, pub: {}, sub: {} });
  return jwtAuthenticator(token, user.getSeed());
}

/** A token as an operator or account signs it. */
export function signed(by: nkeys.KeyPair, sub: string, name: string, nats: object): string {
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { jti: sub, iat: Math.floor(Date.now() / 1000), iss: by.getPublicKey(), sub, name };
  const text = `${encoded({ typ: "JWT", alg: "ed25519-nkey" })}.${encoded({ ...claims, nats: { ...nats, version: 2 } })}`;
  return `${text}.${Buffer.from(by.sign(Buffer.from(text))).toString("base64url")}`;
  const logins = limits.map((_, i) => {
    const { jwt, seed } = operator.user(i);
    return jwtAuthenticator(jwt, new TextEncoder().encode(seed));
  });
  return { config, logins };
}
