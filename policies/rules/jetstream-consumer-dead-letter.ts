import { type ConsumerAsset, subjectsOf, unlessHidden } from "../../preflight/asset";
import { type SubjectTrie, subjectTrie } from "../../preflight/subject-trie";
import { limit } from "../../preflight/values";
import { text } from "../options";
import { redelivers } from "../redelivers";
import { defineRule } from "../rule";
import type { Account } from "../system";

// server/jetstream_api.go JSAdvisoryConsumerMaxDeliveryExceedPre.
const GIVEN_UP = "$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES";

/** What a consumer gives up is seen by somebody. */
export const consumerDeadLetter = defineRule({
  id: "jetstream-consumer-dead-letter",
  title: "Somebody learns of messages a consumer gives up",
  severity: "high",
  levels: { dev: "advisory", staging: "advisory", prod: "mandatory" },
  why: "After maxDeliver deliveries a message is not delivered any more. The server says so once, in an advisory, and throws it away where nobody listens: the message is in the stream, and nobody knows that it was never processed.",
  fix: `Store ${GIVEN_UP}.> in a stream somebody reads, or write into the consumer's metadata who listens.`,
  topics: ["dead letters"],
  options: {
    metadataKey: text(
      "dead-letter",
      "Key of the consumer's metadata that says who listens, where no stream of the account does. Empty is none.",
    ),
  },
  on: "account",
  example: {
    fails: {
      streams: { ORDERS_V1: { subjects: ["orders.v1.>"] } },
      consumers: [{ stream: "ORDERS_V1", name: "billing_orders", kind: "pull", ackPolicy: "explicit", maxDeliver: 5 }],
    },
    passes: {
      streams: {
        ORDERS_V1: { subjects: ["orders.v1.>"] },
        UNDELIVERED: { subjects: [`${GIVEN_UP}.>`] },
      },
      consumers: [{ stream: "ORDERS_V1", name: "billing_orders", kind: "pull", ackPolicy: "explicit", maxDeliver: 5 }],
    },
  },
  *find(account, { metadataKey }) {
    const listened = listenedTo(account);
    // A stream whose subjects are not known yet may store all of them.
    if (!listened) return;
    for (const consumer of account.consumers) {
      const advisory = unlessHidden(() => givenUp(consumer, metadataKey));
      if (advisory === undefined || !listened.overlapping(advisory).next().done) continue;
      const problem = `${consumer.spec.maxDeliver} gives messages up, and no stream stores ${advisory}`;
      const value = consumer.spec.maxDeliver;
      yield { about: { kind: "consumer", name: consumer.name }, field: "maxDeliver", value, problem };
    }
  },
});

// The advisory of a consumer that gives up and does not say who listens.
function givenUp(consumer: ConsumerAsset, metadataKey: string): string | undefined {
  const { stream, name, maxDeliver, metadata } = consumer.spec;
  if (!consumer.declared || !redelivers(consumer) || limit(maxDeliver) === undefined) return undefined;
  return metadataKey !== "" && metadata?.[metadataKey] ? undefined : `${GIVEN_UP}.${stream}.${name}`;
}

// Subjects of streams that can store such advisories; undefined where some are not known yet.
function listenedTo({ streams, external }: Account): SubjectTrie<undefined> | undefined {
  const all = [...streams.map(subjectsOf), ...Object.values(external).map(({ subjects = [] }) => subjects)];
  if (all.includes(undefined)) return undefined;
  const trie = subjectTrie<undefined>();
  for (const subject of all.flatMap((subjects) => subjects ?? [])) if (isNear(subject)) trie.add(subject, undefined);
  return trie;
}

const isNear = (subject: string) => /^[$*>]/.test(subject);
