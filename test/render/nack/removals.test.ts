import { formatFinding } from "../../../model/finding";
import { removals } from "../../../render/nack/removals";
import { type NackPlace, renderedAssets } from "../../../render/nack/rendered-assets";
import { takenOver } from "../../../render/nack/taken-over";
import { type NackOptions, toNack } from "../../../render/nack/to-nack";

const account = { account: "nats" };
const rendered = (name: string, options: NackOptions = {}) => toNack("stream", { name }, options).object;
const declared = (name: string, options: NackOptions = {}) => ({
  asset: { kind: "stream" as const, spec: { name } },
  options,
});
const goes = (before: readonly unknown[], next: Parameters<typeof removals>[1]) =>
  removals(renderedAssets(before), next).map(formatFinding);

const GONE =
  'NK401 stream "A": is not declared any more, and onDelete is "delete": it goes with everything in it. To keep it, declare it again with onDelete "retain", apply that, then remove it.';
const moved = (from: string, to: string) =>
  `NK402 stream "A": metadata.name "${from}" -> "${to}" makes another resource, and onDelete is "delete": NACK deletes the asset, with everything in it, when the old one goes. Keep the name and the namespace of the resource, or render it once more with onDelete "retain", apply that, then move it.`;

describe("what goes with its resource", () => {
  const drop = { onDelete: "delete" } as const;
  it.each<[string, NackOptions, ReturnType<typeof declared>[], string[]]>([
    ["is named where it is not declared any more", drop, [], [GONE]],
    ["is nothing that is kept", {}, [], []],
    ["is nothing that stays", drop, [declared("A")], []],
    ["is nothing whose namespace is not said any more", { ...drop, namespace: "a" }, [declared("A")], []],
    [
      "is refused where another resource declares it",
      drop,
      [declared("A", { name: "other", onDelete: "retain" })],
      [moved("a", "other")],
    ],
    [
      "is refused where it moves to another namespace",
      { ...drop, namespace: "a", connection: account },
      [declared("A", { namespace: "b", connection: account })],
      [moved("a/a", "b/a")],
    ],
    ["is nothing where only the asset of the resource is another", drop, [declared("B", { name: "a" })], []],
  ])("%s", (_, options, next, said) => expect(goes([rendered("A", options)], next)).toEqual(said));

  it("is told apart by namespace", () => {
    const of = (namespace: string) => ({ namespace, connection: account, ...drop });
    const before = [rendered("A", of("eu")), rendered("A", of("us"))];
    expect(goes(before, [declared("A", of("eu")), declared("A", of("us"))])).toEqual([]);
    expect(goes(before, [declared("A", of("eu"))])).toEqual([GONE]);
  });
});

describe("what was rendered before", () => {
  const find = (before: NackPlace[], place: NackPlace) =>
    renderedAssets(before.map((one) => rendered("A", one))).find(declared("A").asset, place)?.namespace;
  it.each<[string, NackPlace[], NackPlace, string | undefined]>([
    ["is that of its account", [{ connection: account, namespace: "n" }], { connection: account, namespace: "n" }, "n"],
    [
      "is none of another namespace",
      [{ connection: account, namespace: "n" }],
      { connection: account, namespace: "m" },
      undefined,
    ],
    [
      "is none of another account",
      [{ connection: account, namespace: "n" }],
      { connection: { account: "eu" }, namespace: "n" },
      undefined,
    ],
    [
      "is none of another domain",
      [{ connection: account, namespace: "n" }],
      { connection: { ...account, jsDomain: "d" }, namespace: "n" },
      undefined,
    ],
    [
      "is found where charts do not say the namespace",
      [{ connection: account, namespace: "n" }],
      { connection: account },
      "n",
    ],
    [
      "is none where that may be two",
      [
        { connection: account, namespace: "n" },
        { connection: account, namespace: "m" },
      ],
      { connection: account },
      undefined,
    ],
    [
      "is that of its servers from anywhere",
      [{ connection: { servers: ["a", "b"] }, namespace: "n" }],
      { connection: { servers: ["b", "a"] }, namespace: "m" },
      "n",
    ],
  ])("%s", (_, before, place, found) => expect(find(before, place)).toBe(found));

  it("is nothing that cannot be read", () => {
    const broken = { ...rendered("A"), spec: { name: "A", maxBytes: "10GiB" } };
    expect(renderedAssets([broken]).find(declared("A").asset, {})).toBeUndefined();
  });

  it("is taken out of lists, as kubectl and Kubernetes write them", () => {
    for (const kind of ["List", "StreamList"])
      expect(renderedAssets([{ apiVersion: "v1", kind, items: [rendered("A")] }]).all).toHaveLength(1);
  });
});

it("says when NACK may edit for the first time what it was not to", () => {
  const said = (options: NackOptions) =>
    renderedAssets([rendered("A", options)])
      .all.flatMap(takenOver)
      .map(formatFinding);
  expect(said({ judged: true })).toEqual([]);
  expect(said({})).toEqual([
    'NK403 stream "A": preventUpdate true -> false: from now on NACK makes the server have what is declared, and what it has instead is not known here, if the asset was there before its resource or an edit was never made. Compare it first with headwater plan; to leave the server alone, set updates to "never".',
  ]);
});
