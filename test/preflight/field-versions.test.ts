import { formatFinding } from "../../model/finding";
import { isOlder } from "../../model/version";
import { checkFieldVersions } from "../../preflight/field-versions";

it.each([
  ["2.10.29", "2.11.0", true],
  ["2.11.0", "2.11.0", false],
  ["2.14.5", "2.9.25", false],
  ["2.15.0-RC.1", "2.15.1", true],
  ["3.0.0", "2.15.1", false],
])("%s is older than %s: %s", (version, than, older) => expect(isOlder(version, than)).toBe(older));

it("names fields, values and nested fields a server is too old for", () => {
  const stream = { name: "S", allowMsgTtl: true, sources: [{ name: "O" }, { name: "P", consumer: { name: "c" } }] };
  expect(checkFieldVersions("stream", "S", stream, "2.10.29").map(formatFinding)).toEqual([
    'SV101 stream "S": allowMsgTtl needs nats-server 2.11.0 or newer, the server runs 2.10.29. Upgrade the servers, or remove the field.',
    'SV101 stream "S": sources.consumer needs nats-server 2.14.0 or newer, the server runs 2.10.29. Upgrade the servers, or remove the field.',
  ]);
  const consumer = { priorityPolicy: "prioritized", ackPolicy: "explicit" };
  expect(checkFieldVersions("consumer", "S/C", consumer, "2.11.17")).toHaveLength(1);
  expect(checkFieldVersions("consumer", "S/C", { ...consumer, priorityPolicy: "overflow" }, "2.11.17")).toEqual([]);
  expect(checkFieldVersions("stream", "S", stream, "2.15.1")).toEqual([]);
});
