import * as hw from "../../../constructs/cdk8s/index";
import { listen, newChart, problemsOf, synth } from "./support";

const { lines } = listen();
const BUS = {
  type: "native",
  version: "2.10.29",
  replicas: 5,
  persistence: { volumeSize: "20GiB" },
  settings: { maxFileStore: "16GiB" },
} as const;

const chartOf = (props: hw.EventBusProps, previous?: hw.Previous, namespace?: string) => {
  const chart = newChart("shop", { namespace, labels: { team: "shop" } });
  if (previous !== undefined) hw.setDefaults(chart, { previous });
  new hw.EventBus(chart, "default", props);
  return chart;
};
const before = synth(chartOf(BUS));

it("is not judged where nothing is known of what was before", () => {
  expect(problemsOf(chartOf({ ...BUS, streamConfig: { maxAge: "2d" } }))).toEqual([]);
});

it("passes where nothing changed", () => {
  expect(problemsOf(chartOf(BUS, before))).toEqual([]);
  expect(problemsOf(chartOf(BUS, before, "argo"))).toEqual([]);
});

it("is refused where Argo refuses it, with the way out", () => {
  const [problem, ...more] = problemsOf(chartOf({ ...BUS, streamConfig: { maxAge: "2d" } }, before));
  expect(more).toEqual([]);
  expect(problem).toContain(
    '[shop/default] EB302 event bus "default": streamConfig.maxAge cannot change from not set to "2d": Argo refuses every change of the text of `streamConfig`, and never updates a stream that exists. Keep it, or',
  );
});

it("is refused where it loses something, until it is allowed", () => {
  const fewer = { ...BUS, replicas: 3 };
  const said = { code: "EB304", field: "replicas", to: 3, reason: "peers are moved" };
  expect(problemsOf(chartOf(fewer, before))[0]).toContain("EB304");
  expect(problemsOf(chartOf({ ...fewer, allow: [said] }, before))).toEqual([]);
  expect(synth(chartOf({ ...fewer, allow: [said] }, before))[0]).not.toHaveProperty("spec.allow");
  expect(problemsOf(chartOf({ ...BUS, allow: [{ ...said, code: "EB302" }] }))).toEqual([
    '[shop/default] AK101 event bus "default": allow[0] names code "EB302", which is none of EB303, EB304, EB306, EB307. Correct it, or remove it: an acknowledgment holds for one edit.',
  ]);
});

it("says that a bus goes, and that what was before cannot be read", () => {
  expect(problemsOf(chartOf({ ...BUS, name: "other" }, before))).toEqual([]);
  expect(lines.join("\n")).toContain('EB308 event bus "default": is not declared any more');
  expect(problemsOf(chartOf(BUS, "/nowhere/deployed.yaml"))[0]).toContain("CD105");
});
