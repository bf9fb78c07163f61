import fc from "fast-check";
import type { SpecKind } from "../../../model/finding";
import { judgeInTurn } from "../../../preflight/preflight";
import { type Sample, samples } from "../../support/samples";
import { type EditCase, type Fields, oneWay } from "./edit-case";

const kinds = Object.keys(samples) as SpecKind[];
const SERVERS = new Set(["replicas", "placement"]);
const ROOM = 20;

type Step = readonly [Sample, "set" | "change" | "unset"];

/** Two sampled edits at once, on top of up to three sampled values: the same ones every time. */
export function randomCases(count: number, seed: number): EditCase[] {
  return kinds.flatMap((kind) =>
    fc
      .sample(pairOf(kind), { numRuns: count, seed })
      .map(([before, after], i) => oneWay(kind, "two edits", before, after, { title: `#${i}`, ...around(kind) })),
  );
}

// A cluster is not needed for these, and what is refused on creation cannot be edited.
function pairOf(kind: SpecKind): fc.Arbitrary<readonly [Fields, Fields]> {
  const usable = samples[kind].filter(({ field, onlyLater }) => !SERVERS.has(field) && !onlyLater);
  const start = fc.subarray(usable, { maxLength: 3 });
  const step = fc.tuple(fc.constantFrom(...usable), fc.constantFrom("set", "change", "unset")) as fc.Arbitrary<Step>;
  const pair = fc.tuple(start, fc.array(step, { minLength: 2, maxLength: 2 })).map(([parts, steps]) => {
    const before = Object.assign({}, ...parts.map((part) => ({ ...part.beside, [part.field]: part.value }))) as Fields;
    return [before, steps.reduce(edited, before)] as const;
  });
  return pair.filter((specs) => specs.every((spec) => isWellFormed(kind, spec)));
}

function isWellFormed(kind: SpecKind, spec: Fields): boolean {
  const identity =
    kind === "consumer" ? { stream: "S", name: "C", kind: "pull", ackPolicy: "explicit" } : { name: "S" };
  const findings = judgeInTurn()({ kind, spec: { ...identity, ...spec } });
  return findings.every(({ severity }) => severity !== "error");
}

function edited(spec: Fields, [{ field, value, changed, beside, goes = [] }, how]: Step): Fields {
  if (how === "unset") {
    const gone = new Set([field, ...goes]);
    return Object.fromEntries(Object.entries(spec).filter(([key]) => !gone.has(key)));
  }
  return { ...spec, ...beside, [field]: how === "change" && changed !== undefined ? changed : value };
}

function around(kind: SpecKind) {
  if (kind === "consumer") return { position: { delivered: 6, acked: 3 } };
  return kind === "stream" ? { messages: ROOM, consumers: [{ name: "one", delivered: 6, acked: 3 }] } : {};
}
