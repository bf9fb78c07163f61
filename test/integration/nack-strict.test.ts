import type { NatsConnection } from "@nats-io/nats-core";
import { consumerConfig, readConsumerConfig, streamConfig } from "../../model/config";
import { normalizeSpec } from "../../model/normalize";
import type { TopologySpec } from "../../model/topology-spec";
import { decodeJson, encodeJson } from "../../model/wire";
import { nackTopology } from "../../render/nack/nack-topology";
import { startServer, type TestServer, withConnection } from "../support/nats";

type Fields = Readonly<Record<string, unknown>>;

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

async function ask(nc: NatsConnection, subject: string, request: object): Promise<Fields> {
  const reply = await nc.request(`$JS.API.${subject}`, encodeJson(request), { timeout: 10_000 });
  return decodeJson(reply.string()) as Fields;
}

const reason = ({ error }: Fields) => (error as { description?: string } | undefined)?.description;
const ORIGIN = {
  subjects: ["o.>"],
  allowDirect: true,
  consumerLimits: { maxAckPending: 50, inactiveThreshold: "1h" },
} as const;
const worker = { stream: "ORIGIN", name: "c", kind: "pull", ackPolicy: "explicit" } as const;

interface Case {
  readonly topology: TopologySpec;
  /** What a server says when it is asked strictly, as NACK asks. */
  readonly refused: string;
  /** What is written for NACK besides, and what it is on the wire. */
  readonly written: Fields;
  readonly wire: Fields;
}

const CASES: Readonly<Record<string, Case>> = {
  "a short age": {
    topology: { streams: { S: { subjects: ["s"], maxAge: "1m" } } },
    refused: "pedantic mode: duplicate window cannot be bigger than max age",
    written: { duplicateWindow: "1m" },
    wire: { duplicate_window: 60_000_000_000 },
  },
  "delete markers": {
    topology: { streams: { S: { subjects: ["s"], subjectDeleteMarkerTtl: "1m" } } },
    refused: "subject delete marker cannot be set if message TTLs are disabled",
    written: { allowMsgTtl: true, allowRollup: true },
    wire: { allow_msg_ttl: true, allow_rollup_hdrs: true },
  },
  schedules: {
    topology: { streams: { S: { subjects: ["s"], allowMsgSchedules: true } } },
    refused: "message scheduling cannot be set if roll-ups are disabled",
    written: { allowRollup: true },
    wire: { allow_rollup_hdrs: true },
  },
  "copies of everything": {
    topology: { streams: { S: { subjects: ["s"], republish: { dest: "copy.>" } } } },
    refused: "pedantic mode: republish source can not be empty",
    written: { republish: { source: ">", destination: "copy.>" } },
    wire: { republish: { src: ">", dest: "copy.>" } },
  },
  "a mirror": {
    topology: { streams: { ORIGIN, S: { mirror: { name: "ORIGIN" } } } },
    refused: "pedantic mode: origin stream has direct get set, mirror has it disabled",
    written: { mirrorDirect: true },
    wire: { mirror_direct: true },
  },
  "a backoff": {
    topology: { streams: { ORIGIN: { subjects: ["o.>"] } }, consumers: [{ ...worker, backoff: ["1s", "5s"] }] },
    refused: "pedantic mode: first backoff value has to equal batch AckWait",
    written: { ackWait: "1s" },
    wire: { ack_wait: 1_000_000_000 },
  },
  "limits of the stream": {
    topology: { streams: { ORIGIN }, consumers: [worker] },
    refused: "pedantic mode: max_ack_pending must be set if it's configured in stream limits",
    written: { maxAckPending: 50, inactiveThreshold: "1h" },
    wire: { max_ack_pending: 50, inactive_threshold: 3_600_000_000_000 },
  },
};

it.each(Object.entries(CASES))("a server that is asked strictly takes what is written for %s", async (_, one) => {
  const { topology, refused, written, wire } = one;
  const last = nackTopology(topology).objects.at(-1);
  expect(last?.spec).toMatchObject(written);
  await withConnection(server.url, async (nc) => {
    const { streams = {}, consumers = [] } = topology;
    const configs = Object.entries(streams).map(([name, spec]) =>
      streamConfig(normalizeSpec("stream", { ...spec, name })),
    );
    const [consumer] = consumers.map((spec) => consumerConfig(normalizeSpec("consumer", spec)));
    const made = consumer ? configs : configs.slice(0, -1);
    for (const config of made) expect(reason(await ask(nc, `STREAM.CREATE.${config.name}`, config))).toBeUndefined();
    const strictly = (more: Fields) =>
      consumer
        ? ask(nc, "CONSUMER.CREATE.ORIGIN.c", {
            stream_name: "ORIGIN",
            config: { ...consumer, ...more },
            action: "create",
            pedantic: true,
          })
        : ask(nc, "STREAM.CREATE.S", { ...configs.at(-1), ...more, pedantic: true });
    expect(reason(await strictly({}))).toBe(refused);
    expect(reason(await strictly(wire))).toBeUndefined();
    for (const { name } of configs) await ask(nc, `STREAM.DELETE.${name}`, {});
  });
});

it("the first instant of year 1 pauses nothing", async () => {
  await withConnection(server.url, async (nc) => {
    await ask(nc, "STREAM.CREATE.S", { name: "S", subjects: ["s"] });
    const config = { durable_name: "c", name: "c", ack_policy: "explicit", pause_until: "0001-01-01T00:00:00Z" };
    const made = await ask(nc, "CONSUMER.CREATE.S.c", { stream_name: "S", config, action: "create" });
    expect(made.config).toMatchObject({ pause_until: "0001-01-01T00:00:00Z" });
    expect(made.paused).toBeUndefined();
    expect(readConsumerConfig("S", made.config as Fields).spec).not.toHaveProperty("pauseUntil");
  });
});
