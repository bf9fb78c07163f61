import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { App, Chart, Yaml } from "cdk8s";
import * as hw from "../../../constructs/cdk8s/index";
import { folderWith } from "../../support/cli";
import {
  type UnsettableEdit,
  unsettableConsumer,
  unsettableEdits,
  unsettableMessage,
} from "../../support/unsettable-edits";
import { listen, newChart, problemsOf, synth } from "./support";

const { lines } = listen();
const ORDERS = { subjects: ["orders.>"], maxBytes: "10GiB" } as const;

/** What is rendered of a stream. */
const rendered = (props: hw.StreamProps): unknown[] => {
  const chart = newChart();
  new hw.Stream(chart, "ORDERS", props);
  return synth(chart);
};
const edited = (previous: hw.Previous | undefined, props: hw.StreamProps) => {
  const chart = newChart();
  hw.setDefaults(chart, { previous });
  new hw.Stream(chart, "ORDERS", props);
  return chart;
};
const guards = (chart: Chart) => synth(chart).map(({ spec }) => (spec as { preventUpdate: boolean }).preventUpdate);

describe("an edit", () => {
  const before = rendered(ORDERS);
  const refused =
    '[shop/ORDERS] DL102 stream "ORDERS": maxBytes "10GiB" -> "2GiB" deletes the oldest messages at once, if more is stored. To keep them: keep the old limit, or copy to another stream first. To accept: allow: [{ code: "DL102", field: "maxBytes", to: "2GiB", reason: "…" }].';

  it("is left to nobody where what was before is not known", () => {
    expect(guards(edited(undefined, ORDERS))).toEqual([true]);
  });

  it("is applied where it does no harm", () => {
    expect(guards(edited(before, { ...ORDERS, maxBytes: "20GiB" }))).toEqual([false]);
    expect(guards(edited(before, ORDERS))).toEqual([false]);
  });

  it("is refused where it does harm, until it is acknowledged", () => {
    const smaller = { ...ORDERS, maxBytes: "2GiB" } as const;
    expect(problemsOf(edited(before, smaller))).toEqual([refused]);
    const allow = [{ code: "DL102", field: "maxBytes", to: "2GiB", reason: "agreed with the owners" }];
    expect(guards(edited(before, { ...smaller, allow }))).toEqual([false]);
    expect(guards(edited(before, { ...smaller, updates: "apply" }))).toEqual([false]);
    expect(guards(edited(before, { ...smaller, updates: "never" }))).toEqual([true]);
  });

  it("of a new asset is none: whatever has its name on the server stays", () => {
    expect(guards(edited([], ORDERS))).toEqual([true]);
  });
});

describe("an edit NACK does not make", () => {
  const declare = (chart: Chart, { kind }: UnsettableEdit, fields: object) => {
    if (kind === "stream") new hw.Stream(chart, "S", fields);
    else if (kind === "key-value bucket") new hw.KeyValue(chart, "S", fields);
    else new hw.Consumer(chart, "C", { ...unsettableConsumer, ...fields } as never);
  };
  it.each(unsettableEdits)("is refused: $kind $from to $to", (edit) => {
    const [before, after] = [newChart(), newChart()];
    declare(before, edit, edit.from);
    hw.setDefaults(after, { previous: synth(before) });
    declare(after, edit, edit.to);
    expect(problemsOf(after)).toContain(`[shop/${edit.kind === "consumer" ? "C" : "S"}] ${unsettableMessage(edit)}`);
  });
});

describe("previous", () => {
  it("is a file, a folder, or a list as kubectl writes it", () => {
    const folder = folderWith({});
    const file = join(folder, "shop.yaml");
    writeFileSync(file, Yaml.stringify(...rendered(ORDERS)));
    for (const previous of [file, folder, [{ apiVersion: "v1", kind: "List", items: rendered(ORDERS) }]])
      expect(guards(edited(previous, { ...ORDERS, maxBytes: "20GiB" }))).toEqual([false]);
  });

  it("belongs to a topology too, which says what goes with everything in it", () => {
    const chart = newChart();
    const previous = [
      ...rendered({ ...ORDERS, onDelete: "delete" }),
      ...rendered({ name: "KEPT", subjects: ["kept"] }),
    ];
    new hw.Topology(chart, "orders", { streams: { OTHER: { subjects: ["other"] } }, previous });
    synth(chart);
    expect(lines).toEqual([
      '[shop/orders/OTHER] warning NK401 stream "ORDERS": is not declared any more, and onDelete is "delete": it goes with everything in it. To keep it, declare it again with onDelete "retain", apply that, then remove it.',
    ]);
  });

  it("is told apart by account", () => {
    const app = new App();
    const [eu, us] = [new Chart(app, "eu", { namespace: "eu" }), new Chart(app, "us", { namespace: "us" })];
    const connection = { account: "nats" };
    const declare = (chart: Chart, maxBytes: hw.Bytes, previous?: hw.Previous) => {
      if (previous) hw.setDefaults(chart, { previous });
      new hw.Stream(chart, "ORDERS", { ...ORDERS, maxBytes, connection });
    };
    declare(eu, "10GiB");
    declare(us, "1GiB");
    const previous = [...synth(eu), ...synth(us)];
    const next = new Chart(new App(), "us", { namespace: "us" });
    declare(next, "2GiB", previous);
    expect(guards(next)).toEqual([false]);
  });

  it.each([
    [
      "nowhere",
      undefined,
      'CD105 file "nowhere": is not there, and edits are to be judged beside it. Correct previous; before the first deployment, leave it out.',
    ],
    [
      "broken.yaml",
      "a: *b",
      'CD106 file "broken.yaml": cannot be read: Unresolved alias (the anchor must be set before the alias): b. Correct it, or set previous to manifests alone.',
    ],
  ])("that cannot be read (%s) is one sentence", (name, text, said) => {
    const file = text === undefined ? name : join(folderWith({ [name]: text }), name);
    const problems = problemsOf(edited(file, ORDERS)).map((line) => line.replace(file, name));
    expect(problems).toEqual([`[shop/ORDERS] ${said}`]);
  });
});
