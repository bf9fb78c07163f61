import { nkeys } from "@nats-io/transport-node";
import { signed } from "../operator";

const UNLIMITED = { subs: -1, data: -1, payload: -1, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: -1 };

/** Tokens to make specs of: the same for a whole run. */
export interface OperatorTokens {
  /** Names the system account. */
  readonly naming: string;
  /** Names none. */
  readonly silent: string;
  readonly system: { readonly key: string; readonly jwt: string };
  readonly other: { readonly key: string; readonly jwt: string };
}

export function operatorTokens(): OperatorTokens {
  const operator = nkeys.createOperator();
  const self = operator.getPublicKey();
  const account = (name: string) => {
    const key = nkeys.createAccount().getPublicKey();
    return { key, jwt: signed(operator, key, name, { type: "account", limits: UNLIMITED }) };
  };
  const system = account("SYS");
  return {
    naming: signed(operator, self, "naming", { type: "operator", system_account: system.key }),
    silent: signed(operator, self, "silent", { type: "operator" }),
    system,
    other: account("A"),
  };
}
