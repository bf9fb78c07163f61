import { checkAcknowledgments, unacknowledged } from "../../changes/acknowledge";
import { planChange } from "../../changes/plan-change";
import { formatFinding } from "../../model/finding";

const reason = "agreed with the owners";
const left = (from: object, to: object, allow: Parameters<typeof unacknowledged>[1]) =>
  unacknowledged(planChange("stream", "S", { ...from }, { ...to }), allow).map(({ code, field }) => `${code} ${field}`);

describe("unacknowledged", () => {
  it("leaves out what is named by code, field and target, however the target is written", () => {
    const change = [{ maxBytes: "10GiB" }, { maxBytes: "2GiB" }] as const;
    expect(left(...change, [])).toEqual(["DL102 maxBytes"]);
    expect(left(...change, [{ code: "DL102", field: "maxBytes", to: "2048MiB", reason }])).toEqual([]);
    expect(left(...change, [{ code: "DL102", field: "maxBytes", to: "3GiB", reason }])).toEqual(["DL102 maxBytes"]);
    expect(left(...change, [{ code: "DL101", field: "maxBytes", to: "2GiB", reason }])).toEqual(["DL102 maxBytes"]);
  });

  it("takes no target for a field that is removed, and a default for none", () => {
    expect(left({ replicas: 3 }, {}, [{ code: "GD101", field: "replicas", reason }])).toEqual([]);
    expect(left({ replicas: 3 }, {}, [{ code: "GD101", field: "replicas", to: 1, reason }])).toEqual([]);
  });

  it("takes the name of a stream for its only subject", () => {
    const change = [{ subjects: ["a"] }, { name: "S" }] as const;
    expect(left(...change, [{ code: "BC101", field: "subjects", to: ["S"], reason }])).toEqual([]);
    expect(left(...change, [{ code: "BC101", field: "subjects", reason }])).toEqual([]);
    expect(left(...change, [{ code: "BC101", field: "subjects", to: ["T"], reason }])).toEqual(["BC101 subjects"]);
  });

  it("passes plain edits", () => expect(left({}, { description: "x" }, [])).toEqual([]));

  it("takes a list of one filter for the filter", () => {
    const changes = planChange(
      "consumer",
      "S/C",
      {},
      { filterSubject: "a" },
      { facts: { stream: { retention: "limits", replicas: 1 } } },
    );
    const said = { code: "BC114", field: "filterSubjects", to: ["a"], reason };
    expect(unacknowledged(changes, [said])).toEqual([]);
  });
});

describe("checkAcknowledgments", () => {
  it("takes the name of a stream for its only subject, unless it copies another", () => {
    const said = [{ code: "BC101", field: "subjects", to: ["S"], reason }];
    const sources = [{ name: "T" }];
    const check = (spec: object) => checkAcknowledgments("stream", "S", { name: "S", ...spec }, said);
    expect(check({ subjects: ["S"] })).toEqual([]);
    expect(check({})).toEqual([]);
    expect(check({ subjects: ["S"], sources })).toEqual([]);
    expect(check({ sources })).toHaveLength(1);
  });

  const check = (allow: unknown) => checkAcknowledgments("stream", "S", { maxMsgs: 4 }, allow).map(formatFinding);
  const good = { code: "DL101", field: "maxMsgs", to: 4, reason };
  it.each<[string, unknown, string]>([
    ["no list", {}, "allow must be a list of acknowledgments"],
    ["no object", ["DL101"], "allow[0] must have code, field, to and reason"],
    [
      "a code that is none",
      [{ ...good, code: "DL999" }],
      'allow[0] names code "DL999", which is none that can be acknowledged',
    ],
    ["a code the server refuses", [{ ...good, code: "RC101" }], 'allow[0] names code "RC101", which is none'],
    [
      "a field that is none",
      [{ ...good, field: "maxmsgs" }],
      'allow[0] names field "maxmsgs", which a stream does not have',
    ],
    ["no reason", [{ ...good, reason: " " }], "allow[0] has no reason"],
    ["another target", [{ ...good, to: 5 }], "allow[0] names target 5 of maxMsgs, which is 4"],
  ])("refuses %s", (_, allow, text) =>
    expect(check(allow)).toEqual([expect.stringContaining(`AK101 stream "S": ${text}`)]),
  );

  it("accepts one whose target is the spec's", () => expect(check([good])).toEqual([]));
});
