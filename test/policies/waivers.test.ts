import { formatFinding } from "../../model/finding";
import type { TopologySpec } from "../../model/topology-spec";
import { check, type PolicyOptions } from "../../policies/check";
import { formatWaived, type Loose } from "./support/waived";

const TODAY = new Date("2026-06-15T12:00:00Z");
const RULE = "jetstream-retention-bounded";
const waiver = (more: object = {}): Loose => ({ rule: RULE, reason: "sized in July", expires: "2026-07-31", ...more });
const MAX_AGE = `${RULE} stream "A_V1": maxAge is not set: messages never expire. Set it to how long a message is worth something.`;
const MAX_BYTES = `${RULE} stream "A_V1": maxBytes is not set: the stream grows until the volume is full. Set it to the disk the stream may take.`;
const WAIVER_RULES = { "jetstream-waiver-valid": "mandatory", "jetstream-waiver-used": "advisory" } as const;
const CONFIG = [{ all: "disabled", [RULE]: "mandatory", ...WAIVER_RULES }] as const;

/** Findings that count and those that are lifted, as text, of a stream without bounds or of other assets. */
function judged(options: PolicyOptions & { readonly waive?: unknown; readonly topology?: Loose } = {}) {
  const { waive, topology, ...rest } = options;
  const stream = { subjects: ["a.v1.b"], ...(waive !== undefined && { waive }) };
  const given = (topology ?? { streams: { A_V1: stream } }) as TopologySpec;
  const { findings, waived } = check({ topology: given }, { today: TODAY, config: CONFIG, ...rest });
  return {
    findings: findings.map(formatFinding),
    waived: waived.map(formatWaived),
    levels: findings.map(({ level }) => level),
  };
}
const fromFile = (...waivers: Loose[]) => ({ waivers: [{ file: "policy.json", waivers }] });

describe("what a waiver lifts", () => {
  it("every finding of its rule about its asset, which are listed", () => {
    expect(judged({ waive: [waiver()] })).toEqual({
      findings: [],
      waived: [
        `waive[0] (sized in July, until 2026-07-31) lifts ${MAX_AGE}`,
        `waive[0] (sized in July, until 2026-07-31) lifts ${MAX_BYTES}`,
      ],
      levels: [],
    });
  });

  it("nothing of another rule or of another asset", () => {
    const topology = {
      streams: { A_V1: { subjects: ["a.v1.b"] }, B_V1: { subjects: ["b.v1.b"], maxAge: "1d", waive: [waiver()] } },
    };
    const { findings, waived } = judged({ topology });
    expect(findings).toEqual([MAX_AGE, MAX_BYTES]);
    expect(waived).toEqual([expect.stringContaining('stream "B_V1": maxBytes is not set')]);
    const other = { rule: "jetstream-waiver-used" };
    expect(judged({ waive: [waiver(other)] }).findings.slice(0, 2)).toEqual([MAX_AGE, MAX_BYTES]);
  });

  it("what a policy file says of the asset, by name and kind", () => {
    expect(judged(fromFile(waiver({ name: "A_V1" }))).waived).toEqual([
      `policy.json waivers[0] (sized in July, until 2026-07-31) lifts ${MAX_AGE}`,
      `policy.json waivers[0] (sized in July, until 2026-07-31) lifts ${MAX_BYTES}`,
    ]);
    expect(judged(fromFile(waiver({ name: "A_V1", kind: "stream" }))).findings).toEqual([]);
    expect(judged(fromFile(waiver({ name: "A_V1", kind: "key-value bucket" }))).findings).toEqual([
      MAX_AGE,
      MAX_BYTES,
      `jetstream-waiver-used file "policy.json": waivers[0] lifts nothing: ${RULE} finds nothing about key-value bucket "A_V1" (it holds until 2026-07-31). Remove it.`,
    ]);
    expect(judged(fromFile(waiver({ name: "a_v1" }))).findings).toHaveLength(3);
  });

  it("a consumer's and a bucket's findings", () => {
    const depth = (rule: string) => [{ all: "disabled", [rule]: "mandatory", ...WAIVER_RULES }] as const;
    const rule = "jetstream-consumer-ack-explicit";
    const consumer = { stream: "A_V1", name: "a_b", kind: "pull", ackPolicy: "all", waive: [waiver({ rule })] };
    const topology = { streams: { A_V1: { subjects: ["a.v1.b"] } }, consumers: [consumer] };
    const { findings, waived } = judged({ topology, config: depth(rule) });
    expect([findings, waived]).toEqual([[], [expect.stringContaining('consumer "A_V1/a_b": ackPolicy "all"')]]);
    const file = judged({
      topology: { ...topology, consumers: [{ ...consumer, waive: undefined }] },
      config: depth(rule),
      ...fromFile(waiver({ rule, name: "A_V1/a_b", kind: "consumer" })),
    });
    expect([file.findings, file.waived.length]).toEqual([[], 1]);
  });

  it("a cluster's findings", () => {
    const rule = "jetstream-cluster-odd-size";
    const config = [{ all: "disabled", [rule]: "mandatory", ...WAIVER_RULES }] as const;
    const even = (waive: Loose[]) => check({ clusters: [{ name: "nats", size: 4, waive }] }, { today: TODAY, config });
    expect(even([]).findings).toHaveLength(1);
    expect(even([waiver({ rule })])).toMatchObject({ findings: [], waived: [{ source: "waive[0]" }] });
  });

  it("counts several waivers of one finding as used, and shows the first", () => {
    const both = { waive: [waiver(), waiver({ reason: "another" })], ...fromFile(waiver({ name: "A_V1" })) };
    const { findings, waived } = judged(both);
    expect([findings, waived.length]).toEqual([[], 2]);
    expect(waived[0]).toContain("waive[0] (sized in July");
    const expired = judged({ waive: [waiver({ expires: "2026-06-01" }), waiver({ reason: "another" })] });
    expect(expired.waived[0]).toContain("waive[1] (another");
    expect(expired.findings).toEqual([expect.stringContaining("waive[0].expires of")]);
  });
});

describe("when a waiver ends", () => {
  const expired = (age: string, expires: string) =>
    `jetstream-waiver-valid stream "A_V1": waive[0].expires of ${RULE} expired ${age} ago, on ${expires}. Mend what it lifted and remove it, or agree on a later date and give the reason anew.`;
  const on = (instant: string, expires = "2026-06-15") =>
    judged({ waive: [waiver({ expires })], today: new Date(instant) });

  it("holds through its last day, in UTC", () => {
    expect(on("2026-06-15T00:00:00Z").findings).toEqual([]);
    expect(on("2026-06-15T23:59:59.999Z").findings).toEqual([]);
    expect(on("2026-06-16T01:59:59+02:00").findings).toEqual([]);
    expect(on("2026-06-15T20:00:00-05:00").findings).toHaveLength(3);
  });

  it.each([
    ["2026-06-16T00:00:00Z", "a day"],
    ["2026-06-16T23:59:59Z", "a day"],
    ["2026-06-17T00:00:00Z", "2 days"],
    ["2027-06-15T12:00:00Z", "365 days"],
  ])("counts the findings again at %s, and says how old it is", (instant, age) => {
    expect(on(instant)).toEqual({
      findings: [MAX_AGE, MAX_BYTES, expired(age, "2026-06-15")],
      waived: [],
      levels: ["mandatory", "mandatory", "mandatory"],
    });
  });

  it("says it of a policy file's too", () => {
    const { findings } = judged(fromFile(waiver({ name: "A_V1", expires: "2026-05-31" })));
    expect(findings[2]).toBe(
      `jetstream-waiver-valid file "policy.json": waivers[0].expires of ${RULE} expired 15 days ago, on 2026-05-31. Mend what it lifted and remove it, or agree on a later date and give the reason anew.`,
    );
  });

  it("does not lie further ahead than is configured", () => {
    expect(on("2026-06-15T00:00:00Z", "2027-06-16").findings).toEqual([]);
    expect(on("2026-06-15T23:59:59Z", "2027-06-17").findings).toEqual([
      MAX_AGE,
      MAX_BYTES,
      `jetstream-waiver-valid stream "A_V1": waive[0].expires of ${RULE} lasts longer than 366d, until 2027-06-17. Choose an earlier date: it can be agreed on again.`,
    ]);
    const longest = (value: string) =>
      judged({
        waive: [waiver()],
        config: [...CONFIG, { "jetstream-waiver-valid": { longest: value } }],
      }).findings.length;
    expect([longest("45d"), longest("46d"), longest("0s")]).toEqual([3, 0, 0]);
  });
});

describe("what is wrong with a waiver", () => {
  const about = (more: object) => judged({ waive: [waiver(more)] }).findings.slice(2);

  it("a rule that is none", () => {
    expect(about({ rule: "jetstream-retention-bound" })).toEqual([
      'jetstream-waiver-valid stream "A_V1": waive[0].rule names no rule, got "jetstream-retention-bound". Did you mean jetstream-retention-bounded?',
    ]);
    expect(about({ rule: "SP201" })).toEqual([
      'jetstream-waiver-valid stream "A_V1": waive[0].rule names no rule, got "SP201". What servers say is found by jetstream-preflight, which cannot be waived, and jetstream-preflight-warnings.',
    ]);
    expect(about({ rule: "no-rule" })).toEqual([
      'jetstream-waiver-valid stream "A_V1": waive[0].rule names no rule, got "no-rule". docs/policies.md lists the rules.',
    ]);
  });

  it("a rule nothing lifts, by itself or as configured", () => {
    expect(about({ rule: "jetstream-waiver-used" })).toEqual([
      'jetstream-waiver-valid stream "A_V1": waive[0].rule names jetstream-waiver-used, which cannot be waived. Remove it.',
    ]);
    const config = [...CONFIG, { [RULE]: { waivable: false } }];
    expect(judged({ waive: [waiver()], config }).findings).toEqual([
      MAX_AGE,
      MAX_BYTES,
      `jetstream-waiver-valid stream "A_V1": waive[0].rule names ${RULE}, which cannot be waived. Remove it, and mend what ${RULE} finds.`,
    ]);
  });

  it("a shape that is none, of waivers a program passes", () => {
    const [, , ...said] = judged(
      fromFile({ name: "A_V1", rule: RULE }, waiver({ name: "A_V1", expires: "2026-02-30", reason: " " }), 3),
    ).findings;
    expect(said).toEqual([
      'jetstream-waiver-valid file "policy.json": waivers[0].reason is required. Set it.',
      'jetstream-waiver-valid file "policy.json": waivers[0].expires is required. Set it.',
      'jetstream-waiver-valid file "policy.json": waivers[1].reason must be a reason, got " ". Correct the value.',
      'jetstream-waiver-valid file "policy.json": waivers[1].expires must be a date such as "2026-12-31", got "2026-02-30". Correct the value.',
      'jetstream-waiver-valid file "policy.json": waivers[2] must be a map, got 3. Correct the value.',
    ]);
  });

  it("is said at the level of the rule about it, and lifts nothing even where that is disabled", () => {
    const at = (level: "advisory" | "disabled") =>
      judged({ waive: [waiver({ expires: "2026-01-01" })], config: [...CONFIG, { "jetstream-waiver-valid": level }] });
    expect(at("advisory").levels).toEqual(["mandatory", "mandatory", "advisory"]);
    expect(at("disabled").findings).toEqual([MAX_AGE, MAX_BYTES]);
  });
});

describe("a waiver that lifts nothing", () => {
  const bounded = (waive: Loose[], more: object = {}) =>
    judged({ topology: { streams: { A_V1: { subjects: ["a.v1.b"], maxAge: "1d", maxBytes: 1, waive } } }, ...more });

  it("is reported", () => {
    expect(bounded([waiver()])).toEqual({
      findings: [
        `jetstream-waiver-used stream "A_V1": waive[0] lifts nothing: ${RULE} finds nothing here (it holds until 2026-07-31). Remove it.`,
      ],
      waived: [],
      levels: ["advisory"],
    });
    expect(bounded([], fromFile(waiver({ name: "A_V1" }))).findings).toEqual([
      `jetstream-waiver-used file "policy.json": waivers[0] lifts nothing: ${RULE} finds nothing about "A_V1" (it holds until 2026-07-31). Remove it.`,
    ]);
  });

  it("is no noise where its rule is disabled, whatever its date", () => {
    const config = [...CONFIG, { [RULE]: "disabled" as const }];
    for (const expires of ["2026-07-31", "2026-01-01", "2999-01-01"])
      expect(bounded([waiver({ expires })], { config }).findings).toEqual([]);
    expect(bounded([waiver({ rule: "none" })], { config }).findings).toHaveLength(1);
  });

  it("is reported once where it has expired as well", () => {
    expect(bounded([waiver({ expires: "2026-01-01" })]).findings).toEqual([
      expect.stringContaining("jetstream-waiver-valid"),
    ]);
  });

  it("is silent where that rule is disabled", () => {
    const config = [...CONFIG, { "jetstream-waiver-used": "disabled" as const }];
    expect(bounded([waiver()], { config }).findings).toEqual([]);
  });
});
