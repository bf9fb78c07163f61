import { clusterDisruptionBudget } from "../../../policies/rules/jetstream-cluster-disruption-budget";
import { messages, UNKNOWN } from "../support/judge";

const of = (fields: object, config?: object) =>
  messages(clusterDisruptionBudget, ({ cluster }) => Object.assign(cluster, fields), { config: config as never });
const says = (text: string) => [`jetstream-cluster-disruption-budget cluster "nats": ${text}`];
const away = (size: number, maxUnavailable: unknown) => of({ size, kubernetes: { maxUnavailable } });

it("accepts one server away of three, and two of five", () => {
  expect(of({})).toEqual([]);
  expect(of({ kubernetes: undefined })).toEqual([]);
  expect(away(5, 2)).toEqual([]);
});

it("reports too many away", () => {
  expect(away(3, 2)).toEqual(
    says("kubernetes.maxUnavailable 2 of 3 servers away leaves no majority: nothing is written. Set it to 1."),
  );
  expect(away(5, 3)).toEqual(
    says(
      "kubernetes.maxUnavailable 3 of 5 servers away leaves no majority: nothing is written. Set it to 1, at most 2.",
    ),
  );
  expect(away(4, 2)).toHaveLength(1);
});

it("reports that none may be away", () => {
  expect(away(3, 0)).toEqual(
    says("kubernetes.maxUnavailable 0 keeps nodes with a server from being drained. Set it to 1."),
  );
});

it("has no opinion about one server or two: there is no majority to keep", () => {
  for (const size of [1, 2]) for (const most of [0, 1, 2]) expect(away(size, most)).toEqual([]);
});

it("reports a budget that is turned off or patched", () => {
  const values = (podDisruptionBudget: unknown) => of({ kubernetes: { extraValues: { podDisruptionBudget } } });
  const remedy = "Remove it: kubernetes.maxUnavailable says how many servers may be away.";
  const off = "turns the budget off: any number of servers may be away at once";
  expect(values({ enabled: false })).toEqual(
    says(`kubernetes.extraValues.podDisruptionBudget.enabled ${off}. ${remedy}`),
  );
  expect(values(null)).toEqual(says(`kubernetes.extraValues.podDisruptionBudget ${off}. ${remedy}`));
  expect(values({ patch: [{ op: "remove", path: "/spec/maxUnavailable" }] })).toEqual(
    says(`kubernetes.extraValues.podDisruptionBudget.patch changes the budget in a way that is not judged. ${remedy}`),
  );
  expect(values({ enabled: true, name: "budget" })).toEqual([]);
});

it("judges what is known beside what is not known yet", () => {
  expect(of({ size: UNKNOWN, kubernetes: { maxUnavailable: 9 } })).toEqual([]);
  expect(of({ kubernetes: UNKNOWN })).toEqual([]);
  expect(of({ kubernetes: { namespace: UNKNOWN, maxUnavailable: 2 } })).toHaveLength(1);
  const extraValues = { podDisruptionBudget: { enabled: false } };
  expect(of({ kubernetes: { maxUnavailable: UNKNOWN, extraValues } })).toHaveLength(1);
});
