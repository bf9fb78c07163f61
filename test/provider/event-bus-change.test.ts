import { eventBusChange } from "../../provider/event-bus-change";

const NATIVE = { type: "native", name: "default", version: "2.10.29", persistence: { volumeSize: "20GiB" } };
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const props = (spec: object, rest = {}) => ({ cluster: "default", spec, ...rest });
const reasons = async (before: Readonly<Record<string, unknown>>, after: object, rest = {}) => {
  const { failures } = await eventBusChange.check(before, props(after, rest));
  return failures.map(({ reason }) => reason);
};

it("lets a new bus pass, and one that did not change", async () => {
  expect(await reasons({}, NATIVE)).toEqual([]);
  expect(await reasons(props(NATIVE), NATIVE)).toEqual([]);
});

it("refuses in the preview what Argo refuses, with the way out", async () => {
  const after = { ...NATIVE, streamConfig: { maxAge: "1d" } };
  expect(await reasons(props(NATIVE), after)).toEqual([
    '\nEB302 event bus "default": streamConfig.maxAge cannot change from not set to "1d": Argo refuses every change of the text of `streamConfig`, and never updates a stream that exists. Keep it, or change the stream itself with the nats tool. Make a bus of another name beside it, move sensors to it first and event sources last, and remove this one when its events are read. A bus on servers of your own (type exotic) has a stream that can be changed.',
  ]);
});

it("refuses a hazard until it is acknowledged", async () => {
  const [before, after] = [
    { ...NATIVE, replicas: 5 },
    { ...NATIVE, replicas: 3 },
  ];
  const [reason] = await reasons(props(before), after);
  expect(reason).toContain('Where it is meant: allow: [{ code: "EB304", field: "replicas", to: 3, reason: "…" }].');
  const allow = [{ code: "EB304", field: "replicas", to: 3, reason: "peers are moved" }];
  expect(await reasons(props(before), after, { allow })).toEqual([]);
  await expect(eventBusChange.update("default", props(before), props(after))).rejects.toThrow("EB304");
  expect(await eventBusChange.update("default", props(before), props(after, { allow }))).toMatchObject({
    outs: { spec: after },
  });
});

it("waits for what is not known yet, and judges it in the update", async () => {
  const exotic = { type: "exotic", name: "default", url: "nats://a:4222" };
  expect(await reasons(props(exotic), { ...exotic, url: UNKNOWN })).toEqual([]);
  const update = eventBusChange.update("default", props(exotic), props({ ...exotic, url: "nats://b:4222" }));
  await expect(update).rejects.toThrow("EB307");
});

it("updates for another spec, and not for another acknowledgment", async () => {
  const diff = async (after: Readonly<Record<string, unknown>>) =>
    (await eventBusChange.diff("default", props(NATIVE), after)).changes;
  expect(await diff(props(NATIVE, { allow: [] }))).toBe(false);
  expect(await diff(props({ ...NATIVE, version: "latest" }))).toBe(true);
});
