import type { Finding } from "../model/finding";
import { isUnknown } from "../model/unknowns";
import type { Driver, Fields } from "./driver";
import { mayDiscardAnew } from "./intents";
import { type Control, onDeleteChoices } from "./state";

/** The controls of a resource have their own choices. */
export function checkControls(driver: Driver, name: string, { onDelete, replace, adopt }: Control): Finding[] {
  const choices: [string, unknown, readonly unknown[]][] = [
    ["onDelete", onDelete, onDeleteChoices],
    ["adopt", adopt, [true, false]],
    ["replace", replace, ["never", "allow"]],
  ];
  const head = { code: "SP101", severity: "error", kind: driver.kind, name } as const;
  if (onDelete === "retain" && replace === "allow") {
    const problem = 'cannot be "allow" with onDelete "retain": what is left cannot be made anew';
    return [{ ...head, field: "replace", problem, remedy: "Remove one of the two." }];
  }
  return choices.flatMap(([field, value, allowed]): Finding[] => {
    if (value === undefined || isUnknown(value) || allowed.includes(value)) return [];
    const problem = `must be one of ${allowed.map((choice) => JSON.stringify(choice)).join(", ")}, got ${JSON.stringify(value)}`;
    return [{ ...head, field, problem, remedy: "Use one of these." }];
  });
}

/** True when messages may go with the asset: said for this run, or acknowledged as part of a recreation. */
export function mayDiscard(driver: Driver, target: string, owner: string): boolean {
  return isNamed(target, process.env.HEADWATER_ALLOW_DELETE) || mayDiscardAnew(driver.kind, owner);
}

/** True when `HEADWATER_ALLOW_DELETE` names an asset, or says `*`. */
export function isNamed(target: string, allowed = ""): boolean {
  const names = allowed.split(",").map((name) => name.trim());
  return names.includes("*") || names.includes(target);
}

const BY_PROGRAM = 'set onDelete: "delete" and run up first; onDelete: "retain" leaves it on the server';

/** Why an asset is not deleted; `otherwise` is what to do in place of deleting it all the same. */
export function keepsMessages(
  driver: Driver,
  spec: Fields,
  loss: Pick<Finding, "code" | "problem">,
  otherwise = BY_PROGRAM,
): Finding {
  const target = driver.target(spec);
  const remedy = `To delete it all the same, run again with HEADWATER_ALLOW_DELETE=${target}, or ${otherwise}.`;
  return { ...loss, severity: "error", kind: driver.kind, name: driver.nameOf(spec), field: "", remedy };
}

export function gone(driver: Driver, spec: Fields): Finding {
  return {
    code: "SV103",
    severity: "error",
    kind: driver.kind,
    name: driver.nameOf(spec),
    field: "",
    problem: "is no longer on the server",
    remedy: "Run up again with --refresh: it is then created anew.",
  };
}
