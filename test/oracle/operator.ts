import { type Authenticator, jwtAuthenticator, nkeys } from "@nats-io/transport-node";
import { type AccountLimits, limitClaims } from "./account-limits";

/** Accounts with limits of their own, tiers included: only tokens of an operator can say those. */
export interface OperatorAccounts {
  /** Lines of a server's configuration. */
  readonly config: string;
  /** How to log in to each account, in the order they were asked for. */
  readonly logins: readonly Authenticator[];
}

const UNLIMITED = { subs: -1, data: -1, payload: -1 };
const ACCOUNT = { ...UNLIMITED, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: -1 };

export function operatorAccounts(limits: readonly AccountLimits[]): OperatorAccounts {
  const operator = nkeys.createOperator();
  const account = (name: string, more: object) => {
    const key = nkeys.createAccount();
    const token = signed(operator, key.getPublicKey(), name, { type: "account", limits: { ...ACCOUNT, ...more } });
    return { key, token, line: `${key.getPublicKey()}: ${token}` };
  };
  const system = account("SYS", {});
  const accounts = limits.map((own, i) => account(`A${i}`, limitClaims(own)));
  const config = [
    `operator: ${signed(operator, operator.getPublicKey(), "test", { type: "operator" })}`,
    `system_account: ${system.key.getPublicKey()}`,
    "resolver: MEMORY",
    `resolver_preload: { ${[system, ...accounts].map(({ line }) => line).join("\n")} }`,
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
}
