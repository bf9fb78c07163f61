import { formatFinding } from "../../model/finding";
import { formatPlace, type Place } from "../../model/place";
import { readTopologyText } from "../../model/topology-text";

const valuesOf = (text: string) => readTopologyText("a.yaml", text).sources.map(({ value }) => value);
const problemsOf = (text: string) =>
  readTopologyText("a.yaml", text).findings.map(
    (finding) => `${formatPlace(finding as Place)} ${formatFinding(finding)}`,
  );

describe("readTopologyText", () => {
  it("reads several documents and passes over empty ones", () => {
    expect(valuesOf("a: 1\n---\n---\n# nothing\n---\nb: 2\n")).toEqual([{ a: 1 }, { b: 2 }]);
  });

  it("reads JSON, indented by tabs too", () => {
    expect(valuesOf('{\n\t"a": [\n\t\t1,\n\t\t"x\\u00e9"\n\t]\n}\n')).toEqual([{ a: [1, "xé"] }]);
  });

  it("reads aliases and merged maps", () => {
    expect(valuesOf("a: &t {x: 1, y: 2}\nb: *t\nc: {<<: *t, y: 3}\n")).toEqual([
      { a: { x: 1, y: 2 }, b: { x: 1, y: 2 }, c: { x: 1, y: 3 } },
    ]);
  });

  it("takes as many aliases of a template as a large system needs", () => {
    const uses = Array.from({ length: 2_000 }, (_, i) => `s${i}: *t`).join("\n");
    expect(Object.keys(valuesOf(`a: &t {x: 1}\n${uses}`)[0] as object)).toHaveLength(2_001);
  });

  it("keeps every digit of a large number", () => {
    expect(valuesOf("a: 9007199254740993\nb: -1\nc: 1.5\n")).toEqual([{ a: "9007199254740993", b: -1, c: 1.5 }]);
  });

  it.each([
    ["an empty file", "", 'a.yaml TF101 file "a.yaml": is empty. Declare a topology in it, or leave the file out.'],
    [
      "comments only",
      "# later\n",
      'a.yaml TF101 file "a.yaml": is empty. Declare a topology in it, or leave the file out.',
    ],
    [
      "a key twice",
      "streams:\n  A: {}\n  A: {}\n",
      'a.yaml:3:3 TF101 file "a.yaml": cannot be parsed: key "A" comes twice in one map. Correct the syntax.',
    ],
    [
      "a key twice in JSON",
      '{"a": 1,\n "a": 2}',
      'a.yaml:2:2 TF101 file "a.yaml": cannot be parsed: key "a" comes twice in one map. Correct the syntax.',
    ],
    [
      "tabs as indentation",
      "a:\n\tb: 1\n",
      'a.yaml:2:1 TF101 file "a.yaml": cannot be parsed: tabs are not allowed as indentation. Correct the syntax.',
    ],
    [
      "an alias without anchor",
      "a: 1\nb: *none\n",
      'a.yaml:2:4 TF101 file "a.yaml": cannot be parsed: alias *none has no anchor before it. Correct the syntax.',
    ],
    [
      "an alias within its anchor",
      "a: &x\n  - *x\n",
      'a.yaml:2:5 TF101 file "a.yaml": cannot be parsed: alias *x contains itself. Correct the syntax.',
    ],
    [
      "a tag that means nothing here",
      "a: !secret x\n",
      'a.yaml:1:4 TF101 file "a.yaml": cannot be parsed: unresolved tag: !secret. Correct the syntax.',
    ],
  ])("refuses %s", (_, text, problem) => expect(problemsOf(text)).toEqual([problem]));

  it("refuses a document made to exhaust memory", () => {
    const levels = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(", ")}]`);
    expect(problemsOf(`l0: &l0 [x]\n${levels.join("\n")}`)).toEqual([
      'a.yaml:1:1 TF101 file "a.yaml": cannot be parsed: excessive alias count indicates a resource exhaustion attack. Correct the syntax.',
    ]);
  });

  it("goes on with the other documents", () => {
    const { sources, findings } = readTopologyText("a.yaml", "a: [\n---\nb: 1\n");
    expect(sources.map(({ value }) => value)).toEqual([{ b: 1 }]);
    expect(findings.length).toBeGreaterThan(0);
  });
});

describe("a source's place", () => {
  const text = `# comment
streams:
  ORDERS:
    subjects:
      - a
      - b
  COPY: &copy
    maxAge: 1h
  SAME: *copy
  MORE:
    <<: *copy
    replicas: 3
consumers: [{stream: A},
  {stream: B, name: n}]
`;
  const place = readTopologyText("a.yaml", text).sources[0]?.place as (path: (string | number)[]) => Place;

  it.each([
    [["streams", "ORDERS"], "a.yaml:3:3"],
    [["streams", "ORDERS", "subjects", 1], "a.yaml:6:9"],
    [["consumers", 1, "name"], "a.yaml:14:15"],
    [["consumers", 1], "a.yaml:14:3"],
    [["streams", "SAME", "maxAge"], "a.yaml:8:5"],
    [["streams", "MORE", "maxAge"], "a.yaml:8:5"],
    [["streams", "MORE", "replicas"], "a.yaml:12:5"],
    // What is not written is where its nearest ancestor is.
    [["streams", "ORDERS", "maxAge"], "a.yaml:3:3"],
    [["streams", "ORDERS", "subjects", 7], "a.yaml:4:5"],
    [["consumers", 0, "name"], "a.yaml:13:13"],
    [[], "a.yaml:2:1"],
  ])("of %j is %s", (path, written) => expect(formatPlace(place(path))).toBe(written));

  it("counts lines across documents and with carriage returns", () => {
    const { sources } = readTopologyText("a.yaml", "a: 1\r\n---\r\nb:\r\n  c: 2\r\n");
    expect(formatPlace(sources[1]?.place(["b", "c"]) as Place)).toBe("a.yaml:4:3");
  });
});
