import { retentionBounded } from "../../../policies/rules/jetstream-retention-bounded";
import { messages, UNKNOWN } from "../support/judge";

it("accepts a stream with both bounds", () => expect(messages(retentionBounded, () => {})).toEqual([]));

it.each([undefined, "0s"])("reports maxAge %s", (maxAge) => {
  expect(messages(retentionBounded, ({ topology }) => Object.assign(topology.streams.JOBS_V1, { maxAge }))).toEqual([
    'jetstream-retention-bounded stream "JOBS_V1": maxAge is not set: messages never expire. Set it to how long a message is worth something.',
  ]);
});

it.each([undefined, -1, 0])("reports maxBytes %s", (maxBytes) => {
  expect(messages(retentionBounded, ({ topology }) => Object.assign(topology.streams.JOBS_V1, { maxBytes }))).toEqual([
    'jetstream-retention-bounded stream "JOBS_V1": maxBytes is not set: the stream grows until the volume is full. Set it to the disk the stream may take.',
  ]);
});

it("judges what is known beside what is not known yet", () => {
  const change = (fields: object) =>
    messages(retentionBounded, ({ topology }) => Object.assign(topology.streams.JOBS_V1, fields));
  expect(change({ maxAge: UNKNOWN })).toEqual([]);
  expect(change({ maxAge: UNKNOWN, maxBytes: -1 })).toHaveLength(1);
  expect(change({ maxAge: "0s", maxBytes: UNKNOWN })).toHaveLength(1);
});

it("asks buckets for a size, and not for an age", () => {
  expect(
    messages(retentionBounded, ({ topology }) => {
      delete topology.keyValues.sessions.ttl;
      delete topology.keyValues.sessions.maxBytes;
      topology.objectStores.invoices.maxBytes = -1;
    }),
  ).toEqual([
    'jetstream-retention-bounded key-value bucket "sessions": maxBytes is not set: the bucket grows until the volume is full. Set it to the disk the bucket may take.',
    'jetstream-retention-bounded object store "invoices": maxBytes is not set: the object store grows until the volume is full. Set it to the disk the object store may take.',
  ]);
});

it("asks nothing of what is sealed", () => {
  const sealed = { sealed: true, maxAge: undefined, maxBytes: undefined };
  expect(
    messages(retentionBounded, ({ topology }) => {
      Object.assign(topology.streams.JOBS_V1, sealed);
      Object.assign(topology.objectStores.invoices, sealed);
    }),
  ).toEqual([]);
});
