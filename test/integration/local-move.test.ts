import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { backup, restore } from "../support/backup";
import { localFolder, readNumbers, replicasOf } from "../support/local";
import { eventually, until, withConnection } from "../support/nats";

const folder = localFolder();
afterAll(() => folder.removeAll());

const limits = { maxFileStore: "1GiB", maxMemoryStore: "64MiB" } as const;
const use = <T>(name: string, run: (nc: NatsConnection) => Promise<T>) =>
  withConnection(folder.urls(name).join(","), run);

const STREAMS = ["ORDERS", "EVENTS"] as const;
const COUNT = 200;
const READ = 50;

/** What has to be the same before and after. */
async function positionOf(nc: NatsConnection, stream: string) {
  const jsm = await jetstreamManager(nc);
  const { state } = await jsm.streams.info(stream);
  const { delivered, ack_floor, num_pending, num_ack_pending } = await jsm.consumers.info(stream, "reader");
  const { messages, first_seq, last_seq } = state;
  const floor = [delivered.stream_seq, ack_floor.stream_seq];
  return { messages, first_seq, last_seq, floor, num_pending, num_ack_pending };
}

it("moves a single server's streams and consumers to a cluster beside it, with every message and position", async () => {
  await folder.up({ name: "old", jetstream: limits });
  await use("old", async (nc) => {
    const jsm = await jetstreamManager(nc);
    for (const stream of STREAMS) {
      await jsm.streams.add({ name: stream, subjects: [stream.toLowerCase()] });
      await jsm.consumers.add(stream, { durable_name: "reader", ack_policy: "explicit" });
      for (let i = 0; i < COUNT; i++) await jetstream(nc).publish(stream.toLowerCase(), `message ${i}`);
      const consumer = await jetstream(nc).consumers.get(stream, "reader");
      for await (const message of await consumer.fetch({ max_messages: READ })) await message.ackAck();
    }
  });
  await expect(folder.up({ name: "old", size: 3, jetstream: limits })).rejects.toThrow("LC109");

  await folder.up({ name: "new", size: 3, jetstream: limits });
  for (const stream of STREAMS) {
    const before = await use("old", (nc) => positionOf(nc, stream));
    expect(before).toMatchObject({ messages: COUNT, num_pending: COUNT - READ, floor: [READ, READ] });
    const kept = await use("old", (nc) => backup(nc, stream));
    await use("new", async (nc) => {
      await restore(nc, stream, kept, 3);
      await until("its replicas", async () => (await replicasOf(nc, stream)).current === 3);
      // The leader of a restored consumer counts what is pending a moment later.
      await until("its position", async () => (await positionOf(nc, stream)).num_pending === before.num_pending);
      expect(await positionOf(nc, stream)).toEqual(before);
      expect(await readNumbers(nc, stream)).toEqual(Array.from({ length: COUNT }, (_, i) => i));
      const consumer = await jetstream(nc).consumers.get(stream, "reader");
      const next = await eventually("the next message", () => consumer.next());
      expect(next?.string()).toBe(`message ${READ}`);
      await next?.ackAck();
    });
  }
});
