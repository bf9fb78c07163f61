import { isOlder } from "../../model/version";
import type { Rule } from "../../preflight/rule";
import { assetsOf } from "./asset";
import { judgeWith } from "./judge";
import { type Lanes, startLanes } from "./lanes";
import { runTopology, type Step } from "./run-topology";
import type { Account } from "./server-verdict";
import type { Setting } from "./setting";
import type { Twin } from "./twin";
import { twins } from "./twins";

/** The pairs that show on servers of one kind. */
export function twinsFor({ version, servers }: Setting): Twin[] {
  return twins.filter((twin) => (twin.servers ?? 1) === servers && !(twin.since && isOlder(version, twin.since)));
}

/** Accounts to run pairs in, with the limits each asks for. */
export interface TwinAccounts {
  readonly of: (twin: Twin) => Account;
  readonly stop: Lanes["stop"];
}

export async function twinAccounts(setting: Setting): Promise<TwinAccounts> {
  const keys = [...new Set(twinsFor(setting).map(keyOf))];
  const lanes = await startLanes(
    setting,
    keys.map((key) => JSON.parse(key)),
  );
  return { of: (twin) => lanes.accounts[keys.indexOf(keyOf(twin))] as Account, stop: lanes.stop };
}

/** Runs one half of a pair, judged by all rules or by other ones. */
export function runTwin(
  { account: limits, ...twin }: Twin,
  half: "refused" | "accepted",
  account: Account,
  { version, servers }: Setting,
  rules?: readonly Rule[],
): Promise<Step[]> {
  return runTopology(assetsOf(twin[half]), account, judgeWith({ version, servers, streams: [], ...limits }, rules));
}

const keyOf = ({ account = {} }: Twin) => JSON.stringify(account);
