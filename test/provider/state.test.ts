import type { SpecKind } from "../../model/finding";
import { drivers } from "../../provider/drivers";
import { splitProps, toInputs } from "../../provider/state";

const waive = [{ rule: "jetstream-retention-bounded", reason: "sized in July", expires: "2026-07-31" }];
const specs: Readonly<Record<SpecKind, object>> = {
  stream: { name: "A", subjects: ["a"] },
  consumer: { stream: "A", name: "a_b", kind: "pull", ackPolicy: "explicit" },
  "key-value bucket": { name: "k" },
  "object store": { name: "o" },
};

describe.each(Object.entries(specs) as [SpecKind, object][])("waivers of a %s", (kind, spec) => {
  const driver = drivers[kind];
  const split = splitProps(driver, { ...spec, owner: "p/s/r", waive });

  it("are no part of its spec, nor of what is unknown", () => {
    expect(split.spec).toEqual(spec);
    expect(split.rest).toEqual({});
    expect(split.control).toEqual({ owner: "p/s/r", waive });
  });

  it("stay with its inputs, where policies read them", () => {
    expect(toInputs(split.spec, split.control)).toEqual({ ...spec, owner: "p/s/r", waive });
    expect(toInputs(split.spec, { owner: "p/s/r", waive: [] })).toEqual({ ...spec, owner: "p/s/r" });
  });

  it("do not reach the server's configuration", () => {
    expect(JSON.stringify(driver.toBase(split.spec))).not.toContain("waive");
    expect(driver.toBase(split.spec)).toEqual(driver.toBase({ ...spec } as typeof split.spec));
  });
});
