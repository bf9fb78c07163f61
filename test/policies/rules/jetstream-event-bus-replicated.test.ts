import { eventBusReplicated } from "../../../policies/rules/jetstream-event-bus-replicated";
import { UNKNOWN } from "../support/judge";
import { bus, busMessages, exotic } from "../support/judge-bus";

const of = (fields: object, config?: object) => busMessages(eventBusReplicated, { ...bus, ...fields }, config as never);
const says = (text: string) => [`jetstream-event-bus-replicated event bus "default": ${text}`];

it("accepts three servers, the default and a bus that runs none", () => {
  expect(of({})).toEqual([]);
  expect(of({ replicas: undefined })).toEqual([]);
  expect(of({ replicas: 5 })).toEqual([]);
  expect(busMessages(eventBusReplicated, exotic)).toEqual([]);
});

it("reports a single server", () => {
  expect(of({ replicas: 1 })).toEqual(
    says("replicas 1 is less than 3. Set replicas to 3, or leave it out: that is the default."),
  );
});

it("can ask for more, or for fewer", () => {
  expect(of({}, { least: 5 })).toEqual(says("replicas 3 is less than 5. Use 5 servers or more."));
  expect(of({ replicas: 1 }, { least: 1 })).toEqual([]);
});

it("says nothing of servers that are not known yet", () => expect(of({ replicas: UNKNOWN })).toEqual([]));
