import { isOlder } from "../../model/version";
import { sameValue } from "../../model/walk";
import type { Rule } from "../../preflight/rule";
import type { AccountLimits } from "./account-limits";
import { assetsOf } from "./asset";
import { judgeWith } from "./judge";
import type { Lane } from "./lanes";
import { runTopology, type Step } from "./run-topology";
import type { Setting } from "./setting";
import { compact } from "./sparse";
import type { Twin } from "./twin";
import { twins } from "./twins";

/** The pairs that show on servers of one kind. */
export function twinsFor({ version, servers }: Setting): Twin[] {
  return twins.filter((twin) => (twin.servers ?? 1) === servers && !(twin.since && isOlder(version, twin.since)));
}

/** The accounts pairs ask for. */
export function twinLimits(setting: Setting): AccountLimits[] {
  return [...new Set(twinsFor(setting).map(({ account }) => JSON.stringify(account ?? {})))].map((text) =>
    JSON.parse(text),
  );
}

/** The account among these that a pair asks for. */
export function laneOf({ account = {} }: Twin, lanes: readonly Lane[]): Lane {
  const fits = ({ facts: { limits, tiers } }: Lane) => sameValue(compact({ limits, tiers }), account);
  const lane = lanes.find(fits);
  if (!lane) throw new Error(`no account of ${JSON.stringify(account)}`);
  return lane;
}

/** Runs one half of a pair, judged by all rules or by other ones. */
export function runTwin(
  twin: Twin,
  half: "refused" | "accepted",
  { account, facts }: Lane,
  rules?: readonly Rule[],
): Promise<Step[]> {
  return runTopology(assetsOf(twin[half]), account, judgeWith(facts, rules));
}
