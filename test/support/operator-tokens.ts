import type { OperatorSpec } from "../../model/cluster/operator-spec";
import { makeOperator } from "./operator";

/** An operator with a system account and one more, as a cluster is given them. */
export function operatorTokens(): OperatorSpec {
  const { jwt, systemAccount, preload } = makeOperator([{}]);
  return { jwt, systemAccount, preload };
}
