import { nkeys } from "@nats-io/transport-node";

/** An operator, what it has signed, and how to log in. */
export interface TestOperator {
  readonly jwt: string;
  /** Public key of the system account. */
  readonly systemAccount: string;
  /** JWT of every account by public key, the system account's among them. */
  readonly preload: Readonly<Record<string, string>>;
  /** A user of the system account. */
  readonly system: TestLogin;
  /** Signs a new user of an account, by the account's index. */
  user(account: number, claims?: UserClaims): TestLogin;
}

/** A user's token and key, and both as a credentials file. */
export interface TestLogin {
  readonly jwt: string;
  readonly seed: string;
  readonly creds: string;
}

/** What a user's token says besides; `exp` in seconds since 1970. */
export interface UserClaims {
  readonly exp?: number;
  readonly pub?: object;
}

const UNLIMITED = { subs: -1, data: -1, payload: -1 };
const ACCOUNT = { ...UNLIMITED, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: -1 };

/** Makes an operator with a system account and one account for each set of limits. */
export function makeOperator(limits: readonly object[]): TestOperator {
  const operator = nkeys.createOperator();
  const account = (name: string, more: object) => {
    const key = nkeys.createAccount();
    const claims = { type: "account", limits: { ...ACCOUNT, ...more } };
    return { key, id: key.getPublicKey(), jwt: signed(operator, key.getPublicKey(), name, claims) };
  };
  const system = account("SYS", {});
  const accounts = limits.map((own, i) => account(`A${i}`, own));
  return {
    jwt: signed(operator, operator.getPublicKey(), "test", { type: "operator", system_account: system.id }),
    systemAccount: system.id,
    preload: Object.fromEntries([system, ...accounts].map(({ id, jwt }) => [id, jwt])),
    system: login(system.key),
    user: (index, claims) => login((accounts[index] as { key: nkeys.KeyPair }).key, claims),
  };
}

function login(account: nkeys.KeyPair, { exp, ...more }: UserClaims = {}): TestLogin {
  const user = nkeys.createUser();
  const claims = { type: "user", ...UNLIMITED, pub: {}, sub: {}, ...more };
  const jwt = signed(account, user.getPublicKey(), "user", claims, exp);
  const seed = new TextDecoder().decode(user.getSeed());
  return { jwt, seed, creds: `${section("NATS USER JWT", jwt)}\n${section("USER NKEY SEED", seed)}` };
}

function section(title: string, text: string): string {
  return `-----BEGIN ${title}-----\n${text}\n------END ${title}------\n`;
}

/** A token as an operator or account signs it. */
export function signed(by: nkeys.KeyPair, sub: string, name: string, nats: object, exp?: number): string {
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = {
    jti: sub,
    iat: Math.floor(Date.now() / 1000),
    iss: by.getPublicKey(),
    sub,
    name,
    ...(exp && { exp }),
  };
  const text = `${encoded({ typ: "JWT", alg: "ed25519-nkey" })}.${encoded({ ...claims, nats: { ...nats, version: 2 } })}`;
  return `${text}.${Buffer.from(by.sign(Buffer.from(text))).toString("base64url")}`;
}
