import { AckPolicy, type JetStreamClient, jetstream, jetstreamManager } from "@nats-io/jetstream";
import { check } from "../../policies/check";
import { startServer, type TestServer, withConnection } from "../support/nats";
import { NEWEST, OLDEST, testVersions } from "../support/versions";

const PREFIX = "$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES";
const RULE = "jetstream-consumer-dead-letter";

// What the rule says and what servers do: whether the advisory of a message that was given up is stored anywhere.
describe.each(testVersions(NEWEST, OLDEST))("messages that are given up, server %s", (version) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ version });
  });
  afterAll(() => server.stop());

  it.each<[string, string, number | undefined, boolean]>([
    ["ALL", `${PREFIX}.>`, 1, true],
    ["TWO", `${PREFIX}.*.*`, 1, true],
    ["ONE", `${PREFIX}.ONE.reader_all`, 2, true],
    ["OTHER", `${PREFIX}.ELSEWHERE.*`, 1, false],
    ["SHORT", `${PREFIX}.*`, 1, false],
    ["EVER", `${PREFIX}.>`, undefined, false],
  ])("stores them for %s in a stream of %s, given up after %s: %s", async (name, subject, maxDeliver, stored) => {
    const consumer = { stream: name, name: "reader_all", kind: "pull", ackPolicy: "explicit", maxDeliver } as const;
    const streams = { [name]: { subjects: [`${name}.>`] }, DEAD: { subjects: [subject] } };
    const { findings } = check({ topology: { streams, consumers: [consumer] } });
    const judged = findings.filter(({ rule }) => rule === RULE);
    expect(judged.map((found) => found.name)).toEqual(stored || maxDeliver === undefined ? [] : [`${name}/reader_all`]);

    await withConnection(server.url, async (nc) => {
      const [manager, client] = [await jetstreamManager(nc), jetstream(nc)];
      await manager.streams.add({ name, subjects: [`${name}.>`] });
      await manager.streams.add({ name: "DEAD", subjects: [subject] });
      await manager.consumers.add(name, {
        durable_name: "reader_all",
        ack_policy: AckPolicy.Explicit,
        ack_wait: 200e6,
        ...(maxDeliver !== undefined && { max_deliver: maxDeliver }),
      });
      await client.publish(`${name}.a`, "x");
      await take(client, name);
      const { state } = await manager.streams.info("DEAD", { subjects_filter: ">" });
      expect(Object.keys(state.subjects ?? {})).toEqual(stored ? [`${PREFIX}.${name}.reader_all`] : []);
      await manager.streams.delete(name);
      await manager.streams.delete("DEAD");
    });
  });
});

// Takes what comes for some time and acknowledges nothing.
async function take(client: JetStreamClient, stream: string): Promise<void> {
  const consumer = await client.consumers.get(stream, "reader_all");
  for await (const _ of await consumer.fetch({ max_messages: 10, expires: 1_500 }));
}
