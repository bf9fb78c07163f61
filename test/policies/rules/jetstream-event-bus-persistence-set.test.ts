import { eventBusPersistenceSet } from "../../../policies/rules/jetstream-event-bus-persistence-set";
import { UNKNOWN } from "../support/judge";
import { bus, busMessages, exotic } from "../support/judge-bus";

const of = (fields: object) => busMessages(eventBusPersistenceSet, { ...bus, ...fields });

it("accepts a volume, one with every default, and a bus that runs no servers", () => {
  expect(of({})).toEqual([]);
  expect(of({ persistence: {} })).toEqual([]);
  expect(busMessages(eventBusPersistenceSet, exotic)).toEqual([]);
});

it("reports a bus without volumes", () => {
  expect(of({ persistence: undefined })).toEqual([
    'jetstream-event-bus-persistence-set event bus "default": persistence is not set: what a server stores is gone with its pod. Set persistence with a volumeSize. Make a new bus for it: that of an existing one cannot be changed.',
  ]);
});

it("judges what is known beside what is not known yet", () => {
  expect(of({ persistence: UNKNOWN })).toEqual([]);
  expect(of({ persistence: { storageClassName: UNKNOWN } })).toEqual([]);
  expect(of({ persistence: undefined, version: UNKNOWN })).toHaveLength(1);
});
