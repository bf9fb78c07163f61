import { eventBusStreamBounded } from "../../../policies/rules/jetstream-event-bus-stream-bounded";
import { UNKNOWN } from "../support/judge";
import { bus, busMessages, exotic } from "../support/judge-bus";

const of = (streamConfig: object | undefined, fields: object = {}, config?: object) =>
  busMessages(eventBusStreamBounded, { ...bus, ...fields, streamConfig }, config as never);
const says = (text: string) => `jetstream-event-bus-stream-bounded event bus "default": ${text}`;
const { streamConfig } = bus;
const NO_BYTES = says(
  "streamConfig.maxBytes is unlimited: the stream grows until the volume is full. Set it to the disk it may take.",
);

it("accepts a stream with bounds, of both kinds of bus", () => {
  expect(of(streamConfig)).toEqual([]);
  expect(busMessages(eventBusStreamBounded, exotic)).toEqual([]);
});

it("knows what the controller sets where nothing is said", () => {
  expect(of(undefined)).toEqual([NO_BYTES]);
  expect(of({ maxBytes: "1GiB" })).toEqual([]);
  const { streamConfig: _, ...silent } = exotic;
  expect(busMessages(eventBusStreamBounded, silent)).toHaveLength(4);
});

it("reports each bound that is missing", () => {
  expect(of({ ...streamConfig, maxAge: "0s" })).toEqual([
    says("streamConfig.maxAge is unlimited: events never expire. Set it to how long an event is worth something."),
  ]);
  expect(of({ ...streamConfig, maxMsgs: -1 })).toEqual([
    says("streamConfig.maxMsgs is unlimited: the stream takes any number of events. Set it to the events it may hold."),
  ]);
  expect(of({ ...streamConfig, maxBytes: -1 })).toEqual([NO_BYTES]);
});

it("reports a long duplicate window", () => {
  expect(of({ ...streamConfig, duplicateWindow: "24h" })).toEqual([
    says("streamConfig.duplicateWindow 1d is longer than 1h: every id of it is in memory. Set it to 1h at most."),
  ]);
  expect(of({ ...streamConfig, duplicateWindow: "24h" }, {}, { window: "1d" })).toEqual([]);
});

it("reports fewer replicas than servers", () => {
  const few = (least: number) =>
    says(
      `streamConfig.replicas 1 is less than ${least}: a server that is lost may take every event with it. Set it to ${least}.`,
    );
  expect(of({ ...streamConfig, replicas: 1 })).toEqual([few(3)]);
  expect(of({ ...streamConfig, replicas: 1 }, { replicas: 1 })).toEqual([]);
  expect(busMessages(eventBusStreamBounded, { ...exotic, streamConfig: { ...streamConfig, replicas: 1 } })).toEqual([
    few(3),
  ]);
});

it("names the stream's own field where that decides", () => {
  const spec = { ...exotic, streamConfig: undefined, stream: { ...streamConfig, maxBytes: -1 } };
  expect(busMessages(eventBusStreamBounded, spec)).toEqual([NO_BYTES.replace("streamConfig.", "stream.")]);
});

it("judges what is known beside what is not known yet", () => {
  expect(of(UNKNOWN)).toEqual([]);
  expect(of({ ...streamConfig, maxAge: UNKNOWN, maxBytes: -1 })).toEqual([NO_BYTES]);
  expect(of({ ...streamConfig, replicas: 1 }, { replicas: UNKNOWN })).toEqual([]);
});
