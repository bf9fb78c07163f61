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

  it("has the same text however it is written", () => {
    fc.assert(
      fc.property(twinsOf(kind), ([a, b]) => {
        expect(yamlText(toNack(kind, b).object)).toBe(yamlText(toNack(kind, a).object));
      }),
    );
  });
});
