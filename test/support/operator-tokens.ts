import { nkeys } from "@nats-io/transport-node";
import type { OperatorSpec } from "../../model/cluster/operator-spec";
import { signed } from "../oracle/operator";

const UNLIMITED = { subs: -1, data: -1, payload: -1, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: -1 };

/** An operator with a system account and one more, as a cluster is given them. */
export function operatorTokens(): OperatorSpec {
  const operator = nkeys.createOperator();
  const accounts = ["SYS", "APP"].map((name) => {
    const key = nkeys.createAccount().getPublicKey();
    return [key, signed(operator, key, name, { type: "account", limits: UNLIMITED })] as const;
  });
  return {
    jwt: signed(operator, operator.getPublicKey(), "test", { type: "operator" }),
    systemAccount: accounts[0]?.[0],
    preload: Object.fromEntries(accounts),
  };
}
