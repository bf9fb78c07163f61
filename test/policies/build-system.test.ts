import { defineCluster } from "../../model/cluster/cluster-spec";
import { buildSystem } from "../../policies/build-system";
import type { Account } from "../../policies/system";
import { notKnown } from "../../preflight/asset";
import { type Declared, declaredIn } from "../../preflight/preflight";
import type { ServerFacts } from "../../preflight/server-facts";
import { UNKNOWN } from "./support/judge";

const WAIVER = { rule: "jetstream-retention-bounded", reason: "sized in July", expires: "2026-07-31" };
const isUnknown = (value: unknown) => value === UNKNOWN;
function isHidden(read: () => unknown): boolean {
  try {
    read();
    return false;
  } catch (reason) {
    return reason === notKnown;
  }
}
const account = (declared: readonly Declared[], facts?: ServerFacts) =>
  buildSystem([{ declared, facts }]).accounts[0] as Account;
const pull = { kind: "pull", ackPolicy: "explicit" } as const;

describe("what rules see", () => {
  it("is in normal form: what equals a default is absent", () => {
    const { streams, consumers } = account(
      declaredIn({
        streams: {
          A: { subjects: ["b", "a"], replicas: 1, storage: "file", maxBytes: -1, maxAge: "1d", retention: "limits" },
        },
        consumers: [{ stream: "A", name: "c", ...pull, maxDeliver: -1, ackWait: "30s", filterSubjects: ["a"] }],
      }),
    );
    expect(streams[0]?.spec).toEqual({ name: "A", subjects: ["a", "b"], maxAge: "1d" });
    expect(consumers[0]?.spec).toEqual({ stream: "A", name: "c", ...pull, filterSubject: "a" });
  });

  it("is the stream behind a bucket, with the bucket's name and words", () => {
    const { streams } = account(declaredIn({ keyValues: { k: { ttl: "1h" } }, objectStores: { o: {} } }));
    expect(streams.map(({ kind, name, spec }) => [kind, name, spec.name])).toEqual([
      ["key-value bucket", "k", "KV_k"],
      ["object store", "o", "OBJ_o"],
    ]);
    expect(streams[0]?.spec.maxAge).toBe("1h");
    expect(streams[0]?.word("maxAge")).toBe("ttl");
  });

  it("hides what is not known yet, and no more", () => {
    const spec = { name: "A", subjects: ["a"], maxAge: UNKNOWN, replicas: 3 };
    const [stream] = account([{ kind: "stream", spec, isUnknown }]).streams;
    expect(stream?.spec.replicas).toBe(3);
    expect(isHidden(() => stream?.spec.maxAge)).toBe(true);
    const [bucket] = account([{ kind: "key-value bucket", spec: { name: "k", ttl: UNKNOWN }, isUnknown }]).streams;
    expect(isHidden(() => bucket?.spec.maxAge)).toBe(true);
    expect(bucket?.spec.name).toBe("KV_k");
    const [nameless] = account([{ kind: "key-value bucket", spec: { name: UNKNOWN, ttl: "1h" }, isUnknown }]).streams;
    expect([isHidden(() => nameless?.spec.name), isHidden(() => nameless?.spec.subjects)]).toEqual([true, true]);
    expect(nameless?.spec.maxAge).toBe("1h");
  });

  it("hides what is misshapen, and what a misspelled field was meant to be", () => {
    const spec = { name: "A", replicas: "many", maxAges: "1d", maxBytes: 5 };
    const [stream] = account([{ kind: "stream", spec }]).streams;
    for (const field of ["replicas", "maxAge"] as const) expect(isHidden(() => stream?.spec[field])).toBe(true);
    expect(stream?.spec.maxBytes).toBe("5B");
  });

  it("goes by its resource where the name is not known yet", () => {
    const declared: Declared[] = [
      { kind: "stream", spec: { name: UNKNOWN }, isUnknown, by: "orders" },
      { kind: "consumer", spec: { stream: UNKNOWN, name: "c", ...pull }, isUnknown, by: "reader" },
      { kind: "stream", spec: { name: UNKNOWN }, isUnknown },
    ];
    const { streams, consumers } = account(declared);
    expect([...streams, ...consumers].map(({ name }) => name)).toEqual(["orders", "?", "reader"]);
    expect(isHidden(() => streams[0]?.spec.name)).toBe(true);
  });

  it("is also what exists, unless it is declared", () => {
    const facts: ServerFacts = {
      streams: [
        {
          spec: { name: "A" },
          consumers: [
            { stream: "A", name: "theirs", ...pull },
            { stream: "A", name: "ours", ...pull },
          ],
        },
        { spec: { name: "KV_k" } },
        { spec: { name: "OLD" } },
      ],
    };
    const declared = declaredIn({
      streams: { A: {} },
      keyValues: { k: {} },
      consumers: [{ stream: "A", name: "ours", ...pull }],
    });
    const { streams, consumers, stream, consumersOf } = account(declared, facts);
    expect(streams.map((one) => [one.name, one.declared])).toEqual([
      ["A", true],
      ["k", true],
      ["OLD", false],
    ]);
    expect(consumers.map((one) => [one.name, one.declared])).toEqual([
      ["A/ours", true],
      ["A/theirs", false],
    ]);
    expect([stream("KV_k")?.name, stream("k"), stream("OLD")?.declared]).toEqual(["k", undefined, false]);
    expect(consumersOf("A").map(({ name }) => name)).toEqual(["A/ours", "A/theirs"]);
    expect(consumersOf("B")).toEqual([]);
  });

  it("knows streams that are only referred to", () => {
    const external = { ELSEWHERE: { subjects: ["e.>"] } };
    expect(buildSystem([{ declared: [], external }]).accounts[0]?.external).toEqual(external);
    expect(account([]).external).toEqual({});
  });

  it("asks what servers would say once, or takes what is known", () => {
    const twice = account(declaredIn({ streams: { A: { subjects: ["a"] }, B: { subjects: ["a"] } } }));
    expect(twice.preflight().map(({ code }) => code)).toEqual(["SP201"]);
    expect(twice.preflight()).toBe(twice.preflight());
    const given = buildSystem([{ declared: declaredIn({ streams: { A: { subjects: ["a..b"] } } }), preflight: [] }]);
    expect(given.accounts[0]?.preflight()).toEqual([]);
  });
});

describe("waivers of assets", () => {
  it("come with kind and name of the asset, and their place", () => {
    const waive = [WAIVER];
    const topology = {
      streams: { A: { waive } },
      keyValues: { k: { waive } },
      objectStores: { o: { waive: [WAIVER, WAIVER] } },
      consumers: [{ stream: "A", name: "c", ...pull, waive }],
    };
    const clusters = [{ spec: defineCluster({ name: "nats", waive }) }];
    const { waivers } = buildSystem([{ declared: declaredIn(topology) }], clusters);
    expect(waivers.map(({ kind, name, field }) => `${kind} ${name} ${field}`)).toEqual([
      "stream A waive[0]",
      "key-value bucket k waive[0]",
      "object store o waive[0]",
      "object store o waive[1]",
      "consumer A/c waive[0]",
      "cluster nats waive[0]",
    ]);
    expect(waivers[0]?.waiver).toEqual(WAIVER);
  });

  it("are left out where they are none", () => {
    const waivers = (waive: unknown) =>
      buildSystem([{ declared: [{ kind: "stream", spec: { name: "A" }, isUnknown, waive }] }]).waivers.map(
        ({ field }) => field,
      );
    expect(waivers([{ ...WAIVER, expires: "soon" }, WAIVER, 3, { ...WAIVER, reason: UNKNOWN }])).toEqual(["waive[1]"]);
    for (const none of [undefined, null, "all", WAIVER, UNKNOWN]) expect(waivers(none)).toEqual([]);
  });
});
