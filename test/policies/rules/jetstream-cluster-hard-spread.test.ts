import { clusterHardSpread } from "../../../policies/rules/jetstream-cluster-hard-spread";
import { messages, UNKNOWN } from "../support/judge";

const of = (fields: object, config?: object) =>
  messages(clusterHardSpread, ({ cluster }) => Object.assign(cluster, fields), { config: config as never });
const FIX = "Set kubernetes.spread to hard, or leave it out: that is the default from three servers on.";
const says = (text: string) => [`jetstream-cluster-hard-spread cluster "nats": ${text}`];
const HOST = "kubernetes.io/hostname";
const pods = (podTemplate: unknown, spread?: string) => of({ kubernetes: { spread, extraValues: { podTemplate } } });

it("accepts a hard spread, written or not", () => {
  expect(of({})).toEqual([]);
  expect(of({ kubernetes: undefined, size: 5 })).toEqual([]);
});

it.each(["soft", "none"])("reports spread %s, of three servers and of five", (spread) => {
  const text = says(`kubernetes.spread "${spread}" lets servers share a node: they are lost together with it. ${FIX}`);
  expect(of({ kubernetes: { spread } })).toEqual(text);
  expect(of({ kubernetes: { spread }, size: 5 })).toEqual(text);
});

it("is about three servers and more", () => {
  for (const size of [1, 2]) expect(of({ size, kubernetes: { spread: "none" } })).toEqual([]);
});

it("counts what is added to the chart's values", () => {
  expect(
    pods({ topologySpreadConstraints: { [HOST]: { maxSkew: 1, whenUnsatisfiable: "DoNotSchedule" } } }, "none"),
  ).toEqual([]);
  expect(
    pods({ topologySpreadConstraints: { [HOST]: { maxSkew: 1, whenUnsatisfiable: "ScheduleAnyway" } } }, "none"),
  ).toHaveLength(1);
  const term = { topologyKey: HOST, labelSelector: {} };
  const affinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
  expect(pods({ merge: { spec: { affinity } } }, "soft")).toEqual([]);
});

it("reports values that take the spread back", () => {
  const undone = (path: string) =>
    says(
      `kubernetes.extraValues.podTemplate${path} takes back that servers are kept apart. Remove it: kubernetes.spread keeps servers apart.`,
    );
  expect(pods(null)).toEqual(undone(""));
  expect(pods({ merge: { spec: { topologySpreadConstraints: [] } } })).toEqual(
    undone(".merge.spec.topologySpreadConstraints"),
  );
  expect(pods({ patch: [{ op: "remove", path: "/spec/topologySpreadConstraints" }] })).toEqual(undone(".patch"));
  expect(pods({ patch: [{ op: "add", path: "/spec/volumes/-", value: {} }] })).toEqual([]);
});

it("says nothing of what is not known yet", () => {
  expect(of({ kubernetes: UNKNOWN })).toEqual([]);
  expect(of({ size: UNKNOWN, kubernetes: { spread: "none" } })).toEqual([]);
  expect(of({ kubernetes: { spread: "none", namespace: UNKNOWN } })).toHaveLength(1);
});
