import { maxMessageSizeSet } from "../../../policies/rules/jetstream-max-message-size-set";
import type { PolicyConfig } from "../../../policies/settings";
import { messages, UNKNOWN } from "../support/judge";

const jobs = (fields: object, config?: PolicyConfig[string]) =>
  messages(maxMessageSizeSet, ({ topology }) => Object.assign(topology.streams.JOBS_V1, fields), { config });
const UNSET = "is not set: only the server's max_payload bounds a message";
const FIX = "Set it to the largest message there should be, with its headers.";

it.each(["64KiB", "1MiB", 1, 1_048_576])("accepts maxMsgSize %s", (maxMsgSize) => {
  expect(jobs({ maxMsgSize })).toEqual([]);
});

it.each([undefined, -1, 0])("reports maxMsgSize %s", (maxMsgSize) => {
  expect(jobs({ maxMsgSize })).toEqual([
    `jetstream-max-message-size-set stream "JOBS_V1": maxMsgSize ${UNSET}. ${FIX}`,
  ]);
});

it("reports one that is too large", () => {
  const says = (size: string, most: string) => [
    `jetstream-max-message-size-set stream "JOBS_V1": maxMsgSize "${size}" is above ${most}. Lower it, and keep what is larger in an object store.`,
  ];
  expect(jobs({ maxMsgSize: "8MiB" })).toEqual(says("8MiB", "1MiB"));
  expect(jobs({ maxMsgSize: "8MiB" }, { most: "8MiB" })).toEqual([]);
  expect(jobs({ maxMsgSize: "64MiB" }, { most: "" })).toEqual([]);
  expect(jobs({ maxMsgSize: "64KiB" }, { most: "32KiB" })).toContain(says("64KiB", "32KiB")[0]);
});

it("judges key-value buckets in their own words, and no object stores", () => {
  const bucket = (maxValueSize: unknown) =>
    messages(maxMessageSizeSet, ({ topology }) => Object.assign(topology.keyValues.sessions, { maxValueSize }));
  expect(bucket(undefined)).toEqual([
    `jetstream-max-message-size-set key-value bucket "sessions": maxValueSize ${UNSET}. ${FIX}`,
  ]);
  expect(bucket("2MiB")).toEqual([
    'jetstream-max-message-size-set key-value bucket "sessions": maxValueSize "2MiB" is above 1MiB. Lower it, and keep what is larger in an object store.',
  ]);
  expect(bucket(UNKNOWN)).toEqual([]);
});

it.each([{ mirror: { name: "ORDERS_V1" } }, { sources: [{ name: "ORDERS_V1" }] }])(
  "asks no bound of what only copies: %o",
  (copies) => {
    expect(jobs({ maxMsgSize: undefined, subjects: undefined, ...copies })).toEqual([]);
  },
);

it("asks a bound of what copies and takes publishes as well", () => {
  expect(jobs({ maxMsgSize: undefined, sources: [{ name: "ORDERS_V1" }] })).toHaveLength(1);
});

it("asks no bound of a mirrored bucket, nor of what is sealed", () => {
  expect(
    messages(maxMessageSizeSet, ({ topology }) => {
      topology.keyValues.copy = { mirror: { name: "sessions" } };
    }),
  ).toEqual([]);
  expect(jobs({ maxMsgSize: undefined, sealed: true })).toEqual([]);
});

it("judges what is known beside what is not known yet", () => {
  expect(jobs({ maxMsgSize: UNKNOWN })).toEqual([]);
  expect(jobs({ maxMsgSize: -1, maxAge: UNKNOWN })).toHaveLength(1);
});
