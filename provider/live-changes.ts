import type { Change } from "../changes/change";
import { type PlanOptions, planChange } from "../changes/plan-change";
import { sameValue } from "../model/walk";
import type { Driver, Fields } from "./driver";

/**
 * Changes from a live asset, without what its server explains, to the spec wanted; with what a bucket's stream has that no
 * bucket can say, since writing the bucket takes that away.
 */
export function liveChanges(
  driver: Driver,
  name: string,
  settled: Fields,
  wanted: Fields,
  options: PlanOptions,
): Change[] {
  const from = driver.fromBase(settled);
  const own = planChange(driver.kind, name, from, wanted, options);
  if (driver.kind === driver.base) return own;
  const said = driver.toBase(from, settled);
  const beyond = (field: string) => !sameValue(settled[field], said[field]);
  const rest = planChange("stream", name, settled, driver.toBase(wanted, settled), options);
  return [...own, ...rest.filter(({ field }) => beyond(field)).map((change) => ({ ...change, kind: driver.kind }))];
}
