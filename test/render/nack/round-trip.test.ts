import fc from "fast-check";
import type { SpecKind } from "../../../model/finding";
import { specShapes } from "../../../model/spec-shapes";
import { readTopologyText } from "../../../model/topology-text";
import { yamlText } from "../../../model/yaml-text";
import { fromNack } from "../../../render/nack/from-nack";
import { toNack } from "../../../render/nack/to-nack";
import { carriedBy } from "../../support/nack";
import { specOf, twinsOf } from "../../support/spec-arbitrary";

type Fields = Readonly<Record<string, unknown>>;

const kinds = Object.keys(specShapes) as SpecKind[];
const parsed = (text: string) => readTopologyText("a.yaml", text).sources[0]?.value as Fields;
const isSayable = (kind: SpecKind, spec: Fields) =>
  toNack(kind, spec).findings.every(({ severity }) => severity === "warning");

// Go leaves out zero values; those of a placement are the one exception among the fields used.
function droppedFrom(value: unknown, path: string): string[] {
  if (value === 0 || value === false || value === "") return [path];
  if (typeof value !== "object" || value === null) return [];
  const entries = Object.entries(value);
  if (entries.length === 0) return path === "spec.placement.tags" ? [] : [path];
  return entries.flatMap(([key, inner]) => droppedFrom(inner, `${path}.${key}`));
}

describe.each(kinds)("a %s as a NACK resource", (kind) => {
  const sayable = specOf(kind).filter((spec) => isSayable(kind, spec));

  it("is read back as its normal form, from data and from YAML", () => {
    fc.assert(
      fc.property(sayable, (spec) => {
        const { object } = toNack(kind, spec, { onDelete: "retain" });
        const declared = { kind, spec: carriedBy(kind, spec), onDelete: "retain" };
        expect(fromNack(object)).toEqual({ declared, findings: [] });
        expect(fromNack(parsed(yamlText(object)))).toEqual({ declared, findings: [] });
      }),
    );
  });

  it("has nothing the controller drops when it writes the object back", () => {
    fc.assert(
      fc.property(sayable, (spec) => {
        const { preventDelete: _, preventUpdate: __, ...fields } = toNack(kind, spec).object.spec as Fields;
        expect(droppedFrom(fields, "spec")).toEqual([]);
      }),
    );
  });

  it("has the same text however it is written", () => {
    fc.assert(
      fc.property(twinsOf(kind), ([a, b]) => {
        expect(yamlText(toNack(kind, b).object)).toBe(yamlText(toNack(kind, a).object));
      }),
    );
  });
});
