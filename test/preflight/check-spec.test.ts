import type { SpecKind } from "../../model/finding";
import { formatFinding } from "../../model/finding";
import { checkSpec } from "../../preflight/check-spec";

const messages = (kind: SpecKind, spec: object) => checkSpec(kind, spec).map(formatFinding);
const consumer = { stream: "S", name: "C", kind: "pull", ackPolicy: "explicit" };

it("accepts a good spec of each kind", () => {
  expect(messages("stream", { name: "S", subjects: ["a.>"], maxAge: "7d" })).toEqual([]);
  expect(messages("consumer", consumer)).toEqual([]);
  expect(messages("key-value bucket", { name: "b" })).toEqual([]);
  expect(messages("object store", { name: "b" })).toEqual([]);
});

it.each<[string, SpecKind, object, string]>([
  [
    "a missing field",
    "consumer",
    { stream: "S", name: "C", kind: "pull" },
    'SP101 consumer "S/C": ackPolicy is required. Set it.',
  ],
  [
    "a choice",
    "stream",
    { name: "S", storage: "tape" },
    'SP101 stream "S": storage must be one of "file", "memory", got "tape". Use one of these.',
  ],
  [
    "a type",
    "stream",
    { name: "S", noAck: "yes" },
    'SP101 stream "S": noAck must be a boolean, got "yes". Correct the value.',
  ],
  [
    "a list",
    "stream",
    { name: "S", subjects: "a" },
    'SP101 stream "S": subjects must be a list, got "a". Correct the value.',
  ],
  [
    "an unknown field",
    "stream",
    { name: "S", maxage: "1h" },
    'SP101 stream "S": maxage is not a known field. Did you mean maxAge?',
  ],
  [
    "a field that is like no other",
    "stream",
    { name: "S", toString: 1 },
    'SP101 stream "S": toString is not a known field. Remove it, or correct its spelling.',
  ],
  [
    "a misspelled field inside",
    "stream",
    { name: "S", sources: [{ name: "A", filterSubjects: "x" }] },
    'SP101 stream "S": sources[0].filterSubjects is not a known field. Did you mean filterSubject?',
  ],
  [
    "a map",
    "stream",
    { name: "S", metadata: "a" },
    'SP101 stream "S": metadata must be a map, got "a". Correct the value.',
  ],
  [
    "a number that is not finite",
    "stream",
    { name: "S", replicas: Number.POSITIVE_INFINITY },
    'SP101 stream "S": replicas must be a whole number from 1 to 5, got Infinity. Correct the value.',
  ],
  [
    "a field of the other consumer kind",
    "consumer",
    { ...consumer, deliverSubject: "d" },
    'SP102 consumer "S/C": deliverSubject cannot be set on a pull consumer. Remove it.',
  ],
  [
    "subjects on a mirror",
    "stream",
    { name: "S", mirror: { name: "O" }, subjects: ["a"] },
    'SP102 stream "S": subjects cannot be set on a mirror. Remove it.',
  ],
  [
    "a nested field",
    "stream",
    { name: "S", sources: [{ name: "a.b" }] },
    'SP101 stream "S": sources[0].name must be 1 to 255 characters without white space, dot, *, >, / or \\, got "a.b". Correct the value.',
  ],
  [
    "a unit that means two things",
    "stream",
    { name: "S", maxBytes: "10GB" },
    'SP101 stream "S": maxBytes must be whole bytes or an amount such as "10GiB" (KiB, MiB, GiB, TiB), got "10GB". Correct the value.',
  ],
  [
    "a size beyond 32 bits",
    "stream",
    { name: "S", maxMsgSize: "3GiB" },
    'SP101 stream "S": maxMsgSize must be whole bytes or an amount such as "10GiB" (KiB, MiB, GiB, TiB), at most 2147483647, got "3GiB". Correct the value.',
  ],
  [
    "an age too short",
    "stream",
    { name: "S", maxAge: "99ms" },
    'SP101 stream "S": maxAge must be a duration such as "250ms" or "7d", "0s" or at least "100ms", got "99ms". Correct the value.',
  ],
  [
    "reserved metadata",
    "stream",
    { name: "S", metadata: { "headwater.owner": "me" } },
    'SP101 stream "S": metadata must not use the reserved prefixes "headwater." and "_nats.", got {"headwater.owner":"me"}. Correct the value.',
  ],
  [
    "a bucket's name",
    "key-value bucket",
    { name: "a.b" },
    'SP101 key-value bucket "a.b": name must be 1 to 251 letters, digits, _ or -, got "a.b". Correct the value.',
  ],
])("says what is wrong with %s", (_, kind, spec, message) => expect(messages(kind, spec)).toEqual([message]));

it("survives what is no plain value", () => {
  expect(messages("stream", { name: "S", maxMsgs: "99999999999999999999", replicas: 3n })).toEqual([
    'SP101 stream "S": maxMsgs must be a whole number from -1 to 9223372036854775807, got "99999999999999999999". Correct the value.',
    'SP101 stream "S": replicas must be a whole number from 1 to 5, got "3". Correct the value.',
  ]);
});

it("says the kinds of consumer first where there is none of it", () => {
  expect(
    messages("consumer", { ...consumer, kind: "both", deliverSubject: "d", maxWaitin: 1, maxDeliver: "x" }),
  ).toEqual([
    'SP101 consumer "S/C": kind must be one of "pull", "push", got "both". Use one of these.',
    'SP101 consumer "S/C": maxDeliver must be a whole number from -1 to 2147483647, got "x". Correct the value.',
    'SP101 consumer "S/C": maxWaitin is not a known field. Did you mean maxWaiting?',
  ]);
});

it("gives the value of a field that is not known, unless it contains itself", () => {
  expect(checkSpec("stream", { name: "S", color: "red" })).toMatchObject([{ field: "color", value: "red" }]);
  const metadata: Record<string, unknown> = {};
  metadata.self = metadata;
  const [found, ...more] = checkSpec("stream", { name: "S", metadata });
  expect(more).toEqual([]);
  expect(found).not.toHaveProperty("value");
  expect(found?.problem).toBe("must be a text, got a value that contains itself");
});

it("finds a misspelled field beside a value that is not known yet, and waits where that decides what there is", () => {
  const later = "(later)";
  const isUnknown = (value: unknown): boolean =>
    value === later || (typeof value === "object" && value !== null && Object.values(value).some(isUnknown));
  const found = (spec: object) => checkSpec("stream", spec, isUnknown).map(formatFinding);
  expect(found({ name: "S", maxAge: later, replica: 3 })).toEqual([
    'SP101 stream "S": replica is not a known field. Did you mean replicas?',
  ]);
  expect(found({ name: "S", mirror: later, subjects: ["a"] })).toEqual([]);
  expect(found({ name: "S", mirror: { name: "O" }, subjects: later })).toEqual([
    'SP102 stream "S": subjects cannot be set on a mirror. Remove it.',
  ]);
});

it("reports all problems at once", () => {
  expect(messages("stream", { name: "S", replicas: 9, maxAge: "soon", compression: "zip" })).toHaveLength(3);
});
