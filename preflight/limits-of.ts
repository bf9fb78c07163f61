import type { StreamAsset } from "./asset";
import type { AccountLimits, ServerFacts } from "./server-facts";

/** The limits a stream falls under, `undefined` where none are known. */
export function limitsOf(
  { spec: { replicas = 1 } }: StreamAsset,
  { limits, tiers }: ServerFacts,
): AccountLimits | undefined {
  return tiers ? tiers[`R${replicas}`] : limits;
}
