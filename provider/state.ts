import type { Acknowledgment } from "../model/acknowledgment";
import { contextualDefaults, dropDefaults } from "../model/defaults";
import { specShapes } from "../model/spec-shapes";
import { isEmpty, sameValue } from "../model/walk";
import type { Driver, Fields, Live } from "./driver";

/** What a resource carries besides its spec. */
export interface Control {
  /** `project/stack/resource`, made by the constructor. */
  readonly owner: string;
  readonly onDelete?: OnDelete;
  readonly adopt?: boolean;
  /** Policies that do not hold for it; the policy pack reads them in the inputs. */
  readonly waive?: unknown;
  /** Edits that are meant; they hold for one run. */
  readonly allow?: readonly Acknowledgment[];
  /** Whether recreating is permitted; for one run too. */
  readonly replace?: "never" | "allow";
  /** Values the server chose at the last write for fields the user left out: they are no drift. */
  readonly defaulted?: Fields;
}
export type OnDelete = "retain" | "deleteIfEmpty" | "delete";
export const onDeleteChoices: readonly OnDelete[] = ["retain", "deleteIfEmpty", "delete"];

/** Version of the layout below. Every older one must stay readable: state outlives the package that wrote it. */
const STATE_VERSION = 1;
const CONTROL = ["owner", "onDelete", "adopt", "waive"] as const;
const FOR_ONE_RUN = ["allow", "replace"] as const;

/** Separates a resource's properties into the asset's spec and what manages it. Unknown fields stay in the spec. */
export function splitProps(driver: Driver, props: Fields): { spec: Fields; control: Control; rest: Fields } {
  const known = new Set(Object.keys(specShapes[driver.kind].fields.shape));
  const own = new Set<string>([...CONTROL, ...FOR_ONE_RUN, "__provider"]);
  const entries = Object.entries(props);
  return {
    spec: Object.fromEntries(entries.filter(([key]) => known.has(key))),
    control: pick(props, [...CONTROL, ...FOR_ONE_RUN, "defaulted"]) as unknown as Control,
    rest: Object.fromEntries(entries.filter(([key]) => !known.has(key) && !own.has(key))),
  };
}

/** Inputs as state keeps them: normal form plus control, nothing that equals a default. */
export function toInputs(spec: Fields, control: Control): Fields {
  const kept = pick(control as unknown as Fields, CONTROL);
  return {
    ...spec,
    ...Object.fromEntries(Object.entries(kept).filter(([key, value]) => !isDefaultControl(key, value))),
  };
}

function isDefaultControl(key: string, value: unknown): boolean {
  return isEmpty(value) || (key === "onDelete" && value === "deleteIfEmpty") || (key === "adopt" && value === false);
}

/** Properties after a write: the inputs, what the resource gives, and what the server chose. */
export function toOutputs(driver: Driver, inputs: Fields, wanted: Fields, live: Live): Fields {
  const chosen = Object.entries(live.base).filter(([key]) => !(key in wanted));
  const defaulted = chosen.length > 0 ? { defaulted: Object.fromEntries(chosen) } : {};
  return plain({
    ...inputs,
    ...driver.outputs(live.base),
    created: live.created,
    stateVersion: STATE_VERSION,
    ...defaulted,
  });
}

/** The live base without what the server filled in by itself: recorded at the last write, or explained by its rules. */
export function settle(
  driver: Driver,
  live: Live,
  wanted: Fields,
  defaulted: Fields | undefined,
  formerly: Fields = {},
): Fields {
  const chosen = Object.fromEntries(Object.entries(live.base).filter(([key]) => !(key in wanted)));
  const unexplained = Object.entries(chosen).filter(([key, value]) => !sameValue(value, defaulted?.[key]));
  const kept = dropDefaults(live.base, contextualDefaults[driver.base]);
  // What was said before and is said no more is no choice of the server's.
  const drift = unexplained.filter(([key]) => key in kept || key in formerly);
  const given = Object.entries(live.base).filter(([key]) => key in wanted);
  return Object.fromEntries([...given, ...drift]);
}

/** A live asset as inputs: what a bucket's spec cannot say comes as `unexpected`. */
export function liveInputs(driver: Driver, settled: Fields, control: Control): Fields {
  const spec = driver.fromBase(settled);
  const expected = driver.toBase(spec, settled);
  const keys = new Set([...Object.keys(settled), ...Object.keys(expected)]);
  const unexpected = [...keys].filter((key) => !sameValue(settled[key], expected[key]));
  const extra = Object.fromEntries(unexpected.map((key) => [key, settled[key] ?? null]));
  return plain({ ...toInputs(spec, control), ...(unexpected.length > 0 && { unexpected: extra }) });
}

function pick(from: Fields, keys: readonly string[]): Fields {
  return Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]));
}

/** Plain JSON: the engine refuses anything else after the asset was made. */
export function plain(value: Fields): Fields {
  return JSON.parse(JSON.stringify(value)) as Fields;
}
