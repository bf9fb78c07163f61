import * as pulumi from "@pulumi/pulumi";
import type { Finding } from "../../model/finding";
import { type Declared, judgeInTurn } from "../../preflight/preflight";

// What one program has declared so far, per provider: gone with the provider, so programs in one process do not meet.
const accounts = new WeakMap<object, (declared: Declared) => Finding[]>();
const noStack = {};

// Under mocks there is no stack: what was declared goes with them.
function monitor(): object | undefined {
  return pulumi.runtime.hasMonitor() ? pulumi.runtime.getMonitor() : undefined;
}

/** Notes a declaration; answers what is wrong with it, alone and beside the ones before. */
export function declare(provider: pulumi.ProviderResource | undefined, declared: Declared): Finding[] {
  const account = provider ?? pulumi.runtime.getStackResource() ?? monitor() ?? noStack;
  const judge = accounts.get(account) ?? judgeInTurn();
  accounts.set(account, judge);
  return judge(declared);
}
