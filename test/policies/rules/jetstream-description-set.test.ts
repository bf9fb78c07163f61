import { buildSystem } from "../../../policies/build-system";
import { descriptionSet } from "../../../policies/rules/jetstream-description-set";
import { runRules } from "../../../policies/run-rules";
import { type PolicyConfig, resolveSettings } from "../../../policies/settings";
import { messages, UNKNOWN } from "../support/judge";

const says = (asset: string) =>
  `jetstream-description-set ${asset}: description is not set. Say in a sentence what it is for.`;
const jobs = (fields: object) =>
  messages(descriptionSet, ({ topology }) => Object.assign(topology.streams.JOBS_V1, fields));

it("accepts assets that say what they are for", () => expect(messages(descriptionSet, () => {})).toEqual([]));

it.each([undefined, "", "  "])("reports the description %j", (description) => {
  expect(jobs({ description })).toEqual([says('stream "JOBS_V1"')]);
});

it("judges buckets and consumers", () => {
  const judge = (config?: PolicyConfig[string]) =>
    messages(
      descriptionSet,
      ({ topology }) => {
        delete topology.keyValues.sessions.description;
        delete topology.objectStores.invoices.description;
        delete topology.consumers[0].description;
      },
      { config },
    );
  const buckets = [says('key-value bucket "sessions"'), says('object store "invoices"')];
  expect(judge()).toEqual([...buckets, says('consumer "ORDERS_V1/billing_orders_paid"')]);
  expect(judge({ consumers: false })).toEqual(buckets);
});

it("judges what is known beside what is not known yet", () => {
  expect(jobs({ description: UNKNOWN })).toEqual([]);
  expect(jobs({ description: undefined, maxAge: UNKNOWN })).toHaveLength(1);
  expect(
    messages(descriptionSet, ({ topology }) => {
      topology.streams.ORDERS_V1.description = UNKNOWN;
      delete topology.streams.JOBS_V1.description;
    }),
  ).toEqual([says('stream "JOBS_V1"')]);
});

it("reports only what is declared", () => {
  const streams = [{ spec: { name: "OLD" }, consumers: [{ name: "old", kind: "pull", ackPolicy: "none" }] }];
  const system = buildSystem([{ declared: [], facts: { streams } }] as unknown as Parameters<typeof buildSystem>[0]);
  expect(system.accounts[0]?.streams).toHaveLength(1);
  expect(runRules(system, resolveSettings([descriptionSet], "prod"))).toEqual([]);
});
