import { eventBusVersionPinned } from "../../../policies/rules/jetstream-event-bus-version-pinned";
import { UNKNOWN } from "../support/judge";
import { bus, busMessages, exotic } from "../support/judge-bus";

const of = (fields: object) => busMessages(eventBusVersionPinned, { ...bus, ...fields });

it("accepts an exact version, and a bus that runs no servers", () => {
  expect(of({})).toEqual([]);
  expect(busMessages(eventBusVersionPinned, exotic)).toEqual([]);
});

it.each(["latest", "2.10", "2-alpine"])("reports version %s", (version) => {
  expect(of({ version })).toEqual([
    `jetstream-event-bus-version-pinned event bus "default": version "${version}" is no single version: the servers change when somebody else changes what it means. Write the exact version, one the controller's configuration lists, such as 2.10.29.`,
  ]);
});

it("says nothing of a version that is not known yet", () => expect(of({ version: UNKNOWN })).toEqual([]));

it("is lenient in dev, and fails elsewhere", () => {
  const { dev, staging, prod } = eventBusVersionPinned.levels;
  expect([dev, staging, prod]).toEqual(["advisory", "mandatory", "mandatory"]);
});
