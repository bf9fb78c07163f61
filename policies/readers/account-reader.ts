import type { ConsumerSpec } from "../../model/consumer-spec";
import { contextualDefaults, dropDefaults } from "../../model/defaults";
import type { StreamSpec } from "../../model/stream-spec";
import { parseInt64 } from "../../model/units";
import { sameValue } from "../../model/walk";
import type { Declared } from "../../preflight/preflight";
import type { ExistingStream, ServerFacts } from "../../preflight/server-facts";
import type { AccountInput } from "../build-system";
import { bucketOf } from "./bucket-of";

type Fields = Readonly<Record<string, unknown>>;

/**
 * A live account itself as what is judged: each stream, bucket and durable consumer of it, as if somebody had declared them.
 * What a server fills in by itself is left out, as in a spec that does not say it.
 */
export function liveAccount(facts: ServerFacts): AccountInput {
  const streams = facts.streams ?? [];
  return {
    declared: [
      ...streams.map(({ spec }) => declaredStream(spec)),
      ...streams.flatMap((stream) => (stream.consumers ?? []).map((spec) => declaredConsumer(spec, stream, facts))),
    ],
    facts,
  };
}

function declaredStream(spec: StreamSpec): Declared {
  const said = { ...dropDefaults({ ...spec }, contextualDefaults.stream), name: spec.name };
  return bucketOf(said) ?? { kind: "stream", spec: said };
}

function declaredConsumer(spec: ConsumerSpec, { spec: stream }: ExistingStream, facts: ServerFacts): Declared {
  const said = dropDefaults({ ...spec }, contextualDefaults.consumer);
  const given = limitsGiven(stream, facts);
  const chosen = Object.entries(said).filter(([key, value]) => !sameValue(value, given[key]));
  return { kind: "consumer", spec: { ...Object.fromEntries(chosen), stream: stream.name, name: spec.name } };
}

const MOST_PENDING = 1000n;

// server/consumer.go setConsumerConfigDefaults: limits of stream and account are what a consumer gets that says nothing.
function limitsGiven({ consumerLimits, replicas = 1 }: StreamSpec, { limits, tiers }: ServerFacts): Fields {
  const account = parseInt64((tiers ? tiers[`R${replicas}`] : limits)?.maxAckPending) ?? 0n;
  const lowered = account > 0n && account < MOST_PENDING ? Number(account) : undefined;
  return {
    inactiveThreshold: consumerLimits?.inactiveThreshold,
    maxAckPending: consumerLimits?.maxAckPending ?? lowered,
  };
}
