import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { eventually, until } from "./nats";

/** Publishing and consuming that goes on while servers come and go. */
export interface Load {
  /** Messages stored and acknowledged so far. */
  readonly published: number;
  /** Attempts that had to be repeated. */
  readonly retries: number;
  /** Different messages consumed so far. */
  readonly consumed: number;
  /** What they begin with: to go on from another load's. */
  readonly seen: Set<string>;
  /** Ends publishing, waits for the consumer to be through, and answers what stopped it, if anything did. */
  stop(): Promise<void>;
}

/** What every message begins with: easy to find on a disk. */
export const MARK = "PLAINTEXT-";
const BODY = "z".repeat(2_000);

/** The text of the n-th message, from 0. */
export const textOf = (n: number) => `${MARK}${n}-${BODY}`;

/** Publishes to `STREAM.load` one message after the other, each until it is stored, and consumes them with a durable consumer, `load`. */
export function startLoad(nc: NatsConnection, stream: string, from = 0, seen = new Set<string>()): Load {
  const js = jetstream(nc);
  let [published, retries, stopped] = [from, 0, false];
  const publishing = (async () => {
    while (!stopped) {
      await store(js, stream, published, () => retries++);
      published++;
      await pause(5);
    }
  })();
  let done = false;
  const consuming = (async () => {
    while (!done) {
      try {
        const consumer = await js.consumers.get(stream, "load");
        for await (const message of await consumer.fetch({ max_messages: 100, expires: 1_000 })) {
          seen.add(message.string().slice(0, 30));
          await message.ackAck({ timeout: 1_000 });
        }
      } catch {
        await pause(100);
      }
    }
  })();
  return {
    seen,
    get published() {
      return published;
    },
    get retries() {
      return retries;
    },
    get consumed() {
      return seen.size;
    },
    stop: async () => {
      stopped = true;
      await publishing;
      await until(`everything of ${stream} to be consumed`, async () => seen.size >= published).finally(() => {
        done = true;
      });
      await consuming;
    },
  };
}

/** Makes a stream with the durable consumer of its load, once its replicas have a leader. */
export async function makeStream(nc: NatsConnection, name: string, replicas: number): Promise<void> {
  const jsm = await jetstreamManager(nc);
  // A server that has just joined may count as offline for a moment.
  await eventually("the stream to be placed", () =>
    jsm.streams.add({ name, subjects: [`${name}.>`], num_replicas: replicas }),
  );
  await settled(nc, [name]);
  await until("the consumer to be there", async () =>
    Boolean(await jsm.consumers.add(name, { durable_name: "load", ack_policy: "explicit", ack_wait: 2_000_000_000 })),
  );
}

/** Stores messages one after the other, from the first. */
export async function fill(nc: NatsConnection, stream: string, count: number): Promise<void> {
  for (let n = 0; n < count; n++) await store(jetstream(nc), stream, n);
}

// The message's own id makes a repetition harmless.
async function store(js: ReturnType<typeof jetstream>, stream: string, n: number, again = () => {}): Promise<void> {
  for (const deadline = Date.now() + 60_000; ; again()) {
    try {
      await js.publish(`${stream}.load`, textOf(n), { msgID: `${stream}-${n}`, timeout: 1_000 });
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(100);
    }
  }
}

/** Reads every message of a stream by its sequence and answers how many are there and are what was published. */
export async function readBack(nc: NatsConnection, stream: string): Promise<number> {
  const jsm = await jetstreamManager(nc);
  const { state } = await jsm.streams.info(stream);
  const textAt = async (seq: number): Promise<string | undefined> => {
    // A stream that moves has no leader for a moment.
    for (const deadline = Date.now() + 30_000; ; await pause(100)) {
      try {
        return (await jsm.streams.getMessage(stream, { seq }))?.string();
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
    }
  };
  let right = 0;
  for (let seq = state.first_seq; seq <= state.last_seq; seq += 50) {
    const batch = Array.from({ length: Math.min(50, state.last_seq - seq + 1) }, (_, i) => seq + i);
    const texts = await Promise.all(batch.map(textAt));
    right += texts.filter((text, i) => text === textOf((batch[i] as number) - 1)).length;
  }
  return right;
}

/** Waits until somebody leads: pods are ready before that. */
export function led(nc: NatsConnection): Promise<void> {
  return until("JetStream to have a leader", async () => Boolean(await jetstreamManager(nc)));
}

/** Waits until every replica of every stream and consumer has what the leader has. */
export function settled(nc: NatsConnection, streams: readonly string[]): Promise<void> {
  return until("all replicas to be current", async () => {
    const jsm = await jetstreamManager(nc);
    for (const stream of streams) {
      const info = await jsm.streams.info(stream);
      const groups = [info.cluster];
      for await (const consumer of jsm.consumers.list(stream)) groups.push(consumer.cluster);
      const wanted = info.config.num_replicas - 1;
      const whole = groups.every((group) => {
        const current = (group?.replicas ?? []).filter((replica) => replica.current && !replica.offline);
        return wanted === 0 || (Boolean(group?.leader) && current.length === wanted);
      });
      if (!whole) return false;
    }
    return true;
  });
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
