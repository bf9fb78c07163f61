import type { SpecKind } from "../../model/finding";
import { specShapes } from "../../model/spec-shapes";
import { rules } from "../../preflight/rules";
import { leafPaths, schemaPaths } from "../support/schema-paths";
import { assetsOf } from "./asset";
import { compare } from "./compare";
import { filesBehind, generatorFiles } from "./generator-imports";
import { shrink } from "./shrink";
import { topologies } from "./topologies";
import { NOT_IN_A_TOPOLOGY, twins } from "./twins";

const setting = { version: "2.15.1", servers: 1 };

describe("the generator", () => {
  const made = [...topologies(setting, 1, 1000)].flat();

  it("knows nothing of preflight", () => {
    const files = generatorFiles().flatMap((file) => [...filesBehind(file)]);
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((file) => file.includes("/preflight/"))).toEqual([]);
  });

  it("makes the same topologies of the same seed", () => {
    expect([...topologies(setting, 7, 30)]).toEqual([...topologies(setting, 7, 30)]);
    expect([...topologies(setting, 7, 30)]).not.toEqual([...topologies(setting, 8, 30)]);
  });

  it.each(Object.keys(specShapes) as SpecKind[])("uses every field of a %s", (kind) => {
    const specs = made.filter((asset) => asset.kind === kind);
    const used = new Set(specs.flatMap(({ spec }) => leafPaths(spec)));
    expect(schemaPaths(specShapes[kind].fields).filter((path) => !used.has(path))).toEqual([]);
  });

  it("makes so many as it is asked for", () => {
    expect([...topologies(setting, 1, 450)]).toHaveLength(450);
  });
});

describe("the comparison", () => {
  const accepted = { accepted: true } as const;
  const refused = { accepted: false, code: 10052, description: "duplicates" } as const;
  const error = (code: string) =>
    ({ code, severity: "error", kind: "stream", name: "A", field: "", problem: "", remedy: "" }) as const;

  it.each([
    ["agrees where both accept", [], accepted, undefined],
    ["sees an error the server does not have", [error("SP104")], accepted, /server accepts/],
    ["sees a refusal preflight does not have", [], refused, /preflight accepts/],
    ["sees another reason", [error("SP104")], refused, /another reason/],
    ["takes a wrong shape for any reason", [error("SP101")], refused, undefined],
  ])("%s", (_, errors, verdict, expected) => {
    const difference = compare(errors, verdict);
    if (expected) expect(difference).toMatch(expected);
    else expect(difference).toBeUndefined();
  });
});

describe("shrinking", () => {
  it("leaves what the failure needs", async () => {
    const assets = assetsOf({
      streams: { A: { subjects: ["a", "b"], maxMsgs: 5 }, B: { mirror: { name: "A", optStartSeq: 5 } } },
    });
    const needs = "optStartSeq";
    const smallest = await shrink(assets, async (some) => JSON.stringify(some).includes(needs));
    expect(smallest).toEqual([{ kind: "stream", spec: { name: "B", mirror: { name: "A", optStartSeq: 5 } } }]);
  });
});

describe("the pairs", () => {
  const judged = rules.filter(({ refusals }) => refusals.length > 0).map(({ code }) => code);

  it("cover every rule about what a server refuses", () => {
    const covered = new Set([...twins.map(({ code }) => code), ...NOT_IN_A_TOPOLOGY]);
    expect(judged.filter((code) => !covered.has(code))).toEqual([]);
  });

  it("are about rules there are", () => {
    expect([...twins.map(({ code }) => code), ...NOT_IN_A_TOPOLOGY].filter((code) => !judged.includes(code))).toEqual(
      [],
    );
  });

  it("say how a server refuses wherever preflight does", () => {
    expect(rules.filter(({ severity, refusals }) => severity === "error" && refusals.length === 0)).toEqual([]);
  });
});
