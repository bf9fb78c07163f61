import fc from "fast-check";
import { type Beside, type EditCase, type Fields, oneWay } from "./edit-case";

const some = <T>(...values: readonly T[]) => fc.constantFrom<T | undefined>(undefined, ...values);

const limits = fc.record({
  maxMsgs: some(1, 7, 15, 30),
  maxBytes: some(400, 1200, 2500, 50_000),
  maxMsgsPerSubject: some(1, 2, 4, 9),
  discard: some("new"),
  discardNewPerSubject: some(true),
  retention: some("interest"),
  maxAge: some("1h"),
});
const where = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }));
const beside = fc.tuple(where, some(["in.a"], ["in.a", "in.c"]), some("all", "none"));
const consumers = fc.array(beside, { maxLength: 3 });
const storage = some("memory");

/** From some limits to others, on a stream with consumers anywhere in it: the same ones every time. */
export function randomLimits(count: number, seed: number): EditCase[] {
  const pairs = fc.sample(fc.tuple(limits, limits, storage, consumers), { numRuns: count, seed });
  return pairs.map(([a, b, store, group], i) =>
    oneWay(
      "stream",
      "limits",
      { ...sound(a), ...stored(store) },
      { ...sound(b), ...stored(store) },
      { title: `#${i}`, consumers: group.map(named) },
    ),
  );
}

const stored = (storage: string | undefined): Fields => (storage ? { storage } : {});

// Refusing by subject needs both of its conditions.
function sound(spec: Fields): Fields {
  const { discardNewPerSubject, ...rest } = spec;
  const may = spec.discard === "new" && spec.maxMsgsPerSubject !== undefined;
  const all = { ...rest, ...(may && { discardNewPerSubject }) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

type Drawn = readonly [readonly [number, number], readonly string[] | undefined, string | undefined];

function named([[one, other], filterSubjects, ackPolicy]: Drawn, i: number): Beside {
  const spec = { ...(filterSubjects && { filterSubjects }), ...(ackPolicy && { ackPolicy }) };
  return { name: `c${i}`, delivered: Math.max(one, other), acked: Math.min(one, other), spec };
}
