import { formatFinding } from "../../../model/finding";
import { buildSystem } from "../../../policies/build-system";
import { consumerDeadLetter } from "../../../policies/rules/jetstream-consumer-dead-letter";
import { runRules } from "../../../policies/run-rules";
import { resolveSettings } from "../../../policies/settings";
import { declaredIn } from "../../../preflight/preflight";
import type { ServerFacts } from "../../../preflight/server-facts";
import { edited, messages, UNKNOWN } from "../support/judge";

// biome-ignore lint/suspicious/noExplicitAny: tests break data on purpose
type Loose = any;
const PULL = 0;
const found = (index: number, fields: object, config?: object) =>
  messages(
    consumerDeadLetter,
    ({ topology }: Loose) => Object.assign(topology.consumers[index], fields),
    config && { config: { ...config } },
  );

const GIVEN_UP = "$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES";
const message = (name: string, deliveries: number) =>
  `jetstream-consumer-dead-letter consumer "${name}": maxDeliver ${deliveries} gives messages up, and no stream stores ${GIVEN_UP}.${name.replace("/", ".")}. Store ${GIVEN_UP}.> in a stream somebody reads, or write into the consumer's metadata who listens.`;
const [BILLING, MAILER, RESIZER] = [
  message("ORDERS_V1/billing_orders_paid", 4),
  message("ORDERS_V1/mailer_orders_placed", 3),
  message("JOBS_V1/resizer_jobs_resize", 4),
];
const storing = (...subjects: unknown[]) =>
  messages(consumerDeadLetter, ({ topology }: Loose) => {
    topology.streams.UNDELIVERED.subjects = subjects;
  });
const alone = (change: (consumers: Loose, topology: Loose) => void, config?: object) =>
  messages(
    consumerDeadLetter,
    ({ topology }: Loose) => {
      delete topology.streams.UNDELIVERED;
      change(topology.consumers, topology);
    },
    config && { config: { ...config } },
  );

it("accepts a stream of every such advisory", () => expect(found(PULL, {})).toEqual([]));

it("reports each consumer that gives up while nobody listens", () => {
  expect(alone(() => {})).toEqual([BILLING, MAILER, RESIZER]);
});

it.each<[string[], string[]]>([
  [["$JS.EVENT.>"], []],
  [["$JS.EVENT.ADVISORY.CONSUMER.*.*.*"], []],
  [[`${GIVEN_UP}.*.*`], []],
  [[`${GIVEN_UP}.ORDERS_V1.*`], [RESIZER]],
  [[`${GIVEN_UP}.*.mailer_orders_placed`], [BILLING, RESIZER]],
  [[`${GIVEN_UP}.ORDERS_V1.billing_orders_paid`, `${GIVEN_UP}.JOBS_V1.>`], [MAILER]],
  [["$JS.EVENT.ADVISORY.CONSUMER.MSG_TERMINATED.>"], [BILLING, MAILER, RESIZER]],
  [[`${GIVEN_UP}.*`], [BILLING, MAILER, RESIZER]],
])("knows which consumers %j is about", (subjects, expected) => expect(storing(...subjects)).toEqual(expected));

it("takes a stream that is declared elsewhere", () => {
  const external = (subjects?: string[]) =>
    alone((_, topology) => {
      topology.external = { ELSEWHERE: subjects ? { subjects } : {} };
    });
  expect(external([`${GIVEN_UP}.>`])).toEqual([]);
  expect(external([`${GIVEN_UP}.JOBS_V1.*`])).toEqual([BILLING, MAILER]);
  expect(external()).toHaveLength(3);
});

it("takes a stream that exists on the server", () => {
  const { topology } = edited(({ topology }) => {
    delete topology.streams.UNDELIVERED;
  });
  const settings = resolveSettings([consumerDeadLetter], "prod");
  const live = (subjects: string[]) => ({ streams: [{ spec: { name: "DEAD", subjects } }] });
  const judged = (facts: ServerFacts) =>
    runRules(buildSystem([{ declared: declaredIn(topology), facts }]), settings).map(formatFinding);
  expect(judged(live([`${GIVEN_UP}.>`]))).toEqual([]);
  expect(judged(live(["dead.>"]))).toEqual([BILLING, MAILER, RESIZER]);
});

it("takes the word of a consumer's metadata", () => {
  const says = (key: string, config?: object) =>
    alone(
      (consumers) => Object.assign(consumers[PULL], { metadata: { [key]: "a watcher of the orders team" } }),
      config,
    );
  expect(says("dead-letter")).toEqual([MAILER, RESIZER]);
  expect(says("failures")).toEqual([BILLING, MAILER, RESIZER]);
  expect(says("failures", { metadataKey: "failures" })).toEqual([MAILER, RESIZER]);
  expect(says("dead-letter", { metadataKey: "" })).toEqual([BILLING, MAILER, RESIZER]);
  expect(alone((consumers) => Object.assign(consumers[PULL], { metadata: { "dead-letter": "" } }))).toHaveLength(3);
});

it("is not about consumers that give nothing up", () => {
  const fields = { backoff: undefined, maxDeliver: -1 };
  expect(alone((consumers) => Object.assign(consumers[PULL], fields))).toEqual([MAILER, RESIZER]);
  expect(alone((consumers) => Object.assign(consumers[PULL], { ackPolicy: "none" }))).toEqual([MAILER, RESIZER]);
});

it("waits for what is not known yet, and judges the others", () => {
  expect(storing(UNKNOWN)).toEqual([]);
  for (const field of ["maxDeliver", "metadata", "name", "stream", "ackPolicy"])
    expect(alone((consumers) => Object.assign(consumers[PULL], { [field]: UNKNOWN }))).toEqual([MAILER, RESIZER]);
  expect(alone((consumers) => Object.assign(consumers[PULL], { filterSubject: UNKNOWN }))).toHaveLength(3);
});

it("looks at each consumer and each stream once", () => {
  const many = 4_000;
  const streams = Object.fromEntries(
    Array.from({ length: many }, (_, i) => [`S${i}`, { subjects: [`s${i}.>`, `${GIVEN_UP}.S${i}.*`] }]),
  );
  const consumers = Array.from({ length: many }, (_, i) => ({
    stream: `S${i}`,
    name: "a_b",
    kind: "pull" as const,
    ackPolicy: "explicit" as const,
    maxDeliver: 3,
  }));
  const system = buildSystem([{ declared: declaredIn({ streams, consumers }) }]);
  const settings = resolveSettings([consumerDeadLetter], "prod");
  const begin = performance.now();
  expect(runRules(system, settings)).toEqual([]);
  // Comparing each with each takes seconds.
  expect(performance.now() - begin).toBeLessThan(1_000);
});
