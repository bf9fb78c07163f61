import fc from "fast-check";
import type { StreamSpec } from "../../model/stream-spec";
import { subjectsOverlap } from "../../model/subjects";
import type { TopologySpec } from "../../model/topology-spec";
import { preflight } from "../../preflight/preflight";
import { copyCycle } from "../../preflight/rules/set/cycles";

type Streams = NonNullable<TopologySpec["streams"]>;

const judge = (streams: Streams) => preflight({ streams } as TopologySpec, { rules: [copyCycle] });
const from = (...names: string[]) => ({ sources: names.map((name) => ({ name })) });

it.each<[string, Streams, Record<string, string>]>([
  [
    "a cycle of two",
    { A: from("B"), B: from("A") },
    {
      A: "sources form a cycle: A copies from B, B copies from A",
      B: "sources form a cycle: B copies from A, A copies from B",
    },
  ],
  ["a stream of itself", { A: from("A") }, { A: "sources form a cycle: A copies from A" }],
  [
    "a mirror, and a stream beside the cycle",
    { A: { mirror: { name: "B" } }, B: from("A"), C: from("A") },
    {
      A: "mirror forms a cycle: A copies from B, B copies from A",
      B: "sources form a cycle: B copies from A, A copies from B",
      C: "sources lead into a cycle: A copies from B, B copies from A",
    },
  ],
  [
    "two ways to one stream",
    { A: from("B", "C"), B: {}, C: from("B") },
    {
      A: "sources lead to B in two ways, which the server takes for a cycle: A copies from B; A copies from C, C copies from B",
    },
  ],
])("says the way of %s", (_, streams, said) => {
  const found = judge(streams).map(({ name, field, problem }) => [name, `${field} ${problem}`]);
  expect(Object.fromEntries(found)).toEqual(said);
});

// server/stream.go checkStreamCfg, line by line: it queues a stream once for each way to it.
function serverFinds(start: string, streams: Streams): boolean {
  const queue = [start];
  const visited = new Set<string>();
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    visited.add(name);
    const { subjects = [], sources = [] } = streams[name] as StreamSpec;
    for (const { name: origin, filterSubject: filter } of sources) {
      if (!visited.has(origin)) queue.push(...(streams[origin] ? [origin] : []));
      else if (!filter || subjects.some((subject) => subjectsOverlap(subject, filter))) return true;
    }
  }
  return false;
}

it("has the verdict of the server's own walk", () => {
  const names = ["A", "B", "C", "D", "E", "F", "G"];
  const source = fc.record(
    { name: fc.constantFrom(...names), filterSubject: fc.constantFrom("x", "y", "z") },
    { requiredKeys: ["name"] },
  );
  const sources = fc
    .array(source, { maxLength: 4, size: "max" })
    .map((list) => list.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)));
  const spec = fc.record({ subjects: fc.subarray(["x", "y"], { minLength: 1 }), sources });
  const set = fc.tuple(...names.map(() => spec));
  fc.assert(
    fc.property(set, fc.boolean(), (specs, acyclic) => {
      const streams = Object.fromEntries(
        names.map((name, i) => {
          const { sources: all, ...rest } = specs[i] as (typeof specs)[number];
          return [name, { ...rest, sources: acyclic ? all.filter((one) => one.name > name) : all }];
        }),
      ) as Streams;
      const found = new Set(judge(streams).map(({ name }) => name));
      expect(names.filter((name) => found.has(name))).toEqual(names.filter((name) => serverFinds(name, streams)));
    }),
    { numRuns: 3000 },
  );
});

it("takes no longer where there are many ways", () => {
  const levels = Array.from({ length: 40 }, (_, level) => level);
  const filtered = (name: string) => ({ name, filterSubject: "elsewhere" });
  const streams = Object.fromEntries(
    levels.flatMap((level) =>
      ["A", "B"].map((side) => [
        `${side}${level}`,
        {
          subjects: [`${side}.${level}`],
          sources: level === 0 ? [] : [filtered(`A${level - 1}`), filtered(`B${level - 1}`)],
        },
      ]),
    ),
  );
  const begin = performance.now();
  expect(judge(streams)).toEqual([]);
  expect(performance.now() - begin).toBeLessThan(2000);
});

it("takes no longer along a chain", () => {
  const names = Array.from({ length: 2000 }, (_, i) => `S${i}`);
  const streams = Object.fromEntries(names.map((name, i) => [name, i === 0 ? {} : from(`S${i - 1}`)]));
  const begin = performance.now();
  expect(judge(streams)).toEqual([]);
  expect(performance.now() - begin).toBeLessThan(5000);
});
