import fc from "fast-check";
import type { SpecKind } from "../../model/finding";
import { normalizeSpec } from "../../model/normalize";
import { specShapes } from "../../model/spec-shapes";
import { fromWire, toWire } from "../../model/wire";
import { specOf, twinsOf } from "../support/spec-arbitrary";

const kinds = Object.keys(specShapes) as SpecKind[];

describe.each(kinds)("the normal form of a %s", (kind) => {
  it("of a normal form is itself", () => {
    fc.assert(
      fc.property(specOf(kind), (spec) => {
        const normal = normalizeSpec(kind, spec);
        expect(normalizeSpec(kind, normal)).toEqual(normal);
      }),
    );
  });

  it("does not depend on order, spelled-out defaults or empty values", () => {
    fc.assert(fc.property(twinsOf(kind), ([a, b]) => expect(normalizeSpec(kind, b)).toEqual(normalizeSpec(kind, a))));
  });

  it("survives the wire", () => {
    fc.assert(
      fc.property(specOf(kind), (spec) => {
        const { fields } = specShapes[kind];
        const normal = normalizeSpec(kind, spec);
        const decoded = fromWire(fields, JSON.parse(JSON.stringify(toWire(fields, normal), texts), numbers));
        expect(normalizeSpec(kind, decoded)).toEqual(normal);
      }),
    );
  });
});

// What JSON of the request layer does with numbers beyond 2^53, spelled in tagged texts.
const texts = (_: string, value: unknown) => (typeof value === "bigint" ? `big:${value}` : value);
const numbers = (_: string, value: unknown) =>
  typeof value === "string" && value.startsWith("big:") ? BigInt(value.slice(4)) : value;

describe("normalizeSpec", () => {
  it.each([
    ["units", { maxAge: "168h", maxBytes: 1024 }, { maxAge: "7d", maxBytes: "1KiB" }],
    ["the name as only subject", { subjects: ["S"] }, {}],
    [
      "flags forced by delete markers",
      { subjectDeleteMarkerTtl: "60s", allowMsgTtl: true, allowRollupHdrs: true },
      { subjectDeleteMarkerTtl: "1m" },
    ],
    ["what sealing sets", { sealed: true, maxAge: "1h", discard: "new", denyDelete: true }, { sealed: true }],
    [
      "defaults inside objects",
      { republish: { src: ">", dest: "x", headersOnly: false } },
      { republish: { dest: "x" } },
    ],
    [
      "defaults inside a set, before it is ordered",
      {
        sources: [
          { name: "O", external: { api: "$JS.hub.API" }, optStartSeq: 0 },
          { name: "O", filterSubject: "a" },
        ],
      },
      {
        sources: [
          { name: "O", external: { api: "$JS.hub.API" } },
          { name: "O", filterSubject: "a" },
        ],
      },
    ],
    ["metadata by key", { metadata: { b: "2", a: "1" } }, { metadata: { a: "1", b: "2" } }],
    [
      "instants",
      { mirror: { name: "O", optStartTime: "2026-01-01T01:00:00+01:00" } },
      { mirror: { name: "O", optStartTime: "2026-01-01T00:00:00Z" } },
    ],
  ])("of a stream: %s", (_, given, normal) => {
    expect(normalizeSpec("stream", { name: "S", ...given })).toEqual({ name: "S", ...normal });
  });

  it.each([
    ["one filter in a list", { filterSubjects: ["a"] }, { filterSubject: "a" }],
    ["ack wait under backoff", { backoff: ["1s"], ackWait: "30s" }, { backoff: ["1s"] }],
    ["the server's ack wait", { ackWait: "30s" }, {}],
    ["the server's queue", { maxWaiting: 512 }, {}],
    ["a limit that depends on the server stays", { maxAckPending: 1000 }, { maxAckPending: 1000 }],
    ["a window of waits is a list, not a set", { backoff: ["2s", "1s"] }, { backoff: ["2s", "1s"] }],
  ])("of a consumer: %s", (_, given, normal) => {
    const base = { stream: "S", name: "C", kind: "pull", ackPolicy: "explicit" };
    expect(normalizeSpec("consumer", { ...base, ...given })).toEqual({ ...base, ...normal });
  });
});
