import { type Change, type ChangeCode, changeCodes } from "../../../changes/change";
import { mutability } from "../../../changes/mutability";
import { planChange } from "../../../changes/plan-change";
import type { SpecKind } from "../../../model/finding";
import { normalizeSpec } from "../../../model/normalize";
import { identities } from "../../support/samples";
import { editCases } from "./all";
import { required } from "./sampled";

const kinds = Object.keys(mutability) as SpecKind[];

/** Codes that need more than the two specs. */
const PLANNED_ELSEWHERE: Readonly<Partial<Record<ChangeCode, string>>> = {
  DL110: "made of a refused change where recreating is permitted",
  RC102: "needs the stream's consumers: planned in the run against servers",
  RC103: "needs clients that listen: planned in the run against servers",
  RC104: "needs the stream's consumers, and an older server: planned in the run against servers",
};

/** Fields with one value besides their default: there is nothing to change it to. */
const ONE_VALUE: Readonly<Record<SpecKind, readonly string[]>> = {
  stream: [
    "discard", // "new"
    "compression", // "s2"
    "persistMode", // "async"
    "storage", // "memory"
  ],
  consumer: ["replayPolicy"], // "original"
  "key-value bucket": ["storage"],
  "object store": ["storage"],
};

const planned: readonly Change[] = editCases.flatMap(({ kind, before, after }) =>
  planChange(kind, "", normalizeSpec(kind, before), normalizeSpec(kind, after)),
);

const directionOf = ({ from, to }: Change) => (from === undefined ? "set" : to === undefined ? "removed" : "changed");
const isSwitch = ({ from, to }: Change) => from === true || to === true;

describe("the edits that are tried", () => {
  it.each(kinds)("take every field of a %s in every direction it has", (kind) => {
    const missing = Object.keys(mutability[kind]).flatMap((field) => {
      if (identities[kind].includes(field)) return [];
      const edits = planned.filter((change) => change.kind === kind && change.field === field);
      const single = edits.some(isSwitch) || ONE_VALUE[kind].includes(field);
      const must = required[kind]?.includes(field) ? ["changed"] : ["set", "removed", ...(single ? [] : ["changed"])];
      const has = new Set(edits.map(directionOf));
      return must
        .filter((direction) => !has.has(direction as ReturnType<typeof directionOf>))
        .map((way) => `${field} ${way}`);
    });
    expect(missing).toEqual([]);
  });

  it("plan every code, apart from those that need more than two specs", () => {
    const codes = new Set(planned.map(({ code }) => code));
    const missing = (Object.keys(changeCodes) as ChangeCode[]).filter((code) => !codes.has(code));
    expect(missing).toEqual(Object.keys(PLANNED_ELSEWHERE));
  });
});
