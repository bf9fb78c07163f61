import { createInbox, type Msg, type NatsConnection, RequestError } from "@nats-io/transport-node";

/** A stream as the server hands it out: its configuration, its state and its data, consumers with it. */
export interface Backup {
  readonly config: Readonly<Record<string, unknown>>;
  readonly state: Readonly<Record<string, unknown>>;
  readonly chunks: readonly Uint8Array[];
}

interface Answer {
  readonly error?: { readonly description: string };
  readonly [key: string]: unknown;
}

async function request(nc: NatsConnection, subject: string, body: unknown): Promise<Answer> {
  const reply = (await nc.request(subject, JSON.stringify(body), { timeout: 30_000 })).json<Answer>();
  if (reply.error) throw new Error(`${subject}: ${reply.error.description}`);
  return reply;
}

/** As `nats stream backup`: server/jetstream_api.go jsStreamSnapshotRequest. */
export async function backup(nc: NatsConnection, stream: string): Promise<Backup> {
  const inbox = createInbox();
  const chunks: Uint8Array[] = [];
  const done = (async () => {
    for await (const message of nc.subscribe(inbox)) {
      if (message.data.length === 0) return;
      chunks.push(message.data);
      message.respond();
    }
  })();
  const body = { deliver_subject: inbox, no_consumers: false, chunk_size: 65_536 };
  const { config, state } = await request(nc, `$JS.API.STREAM.SNAPSHOT.${stream}`, body);
  await done;
  return { config: config as Backup["config"], state: state as Backup["state"], chunks };
}

// A server of a cluster hears of who takes the data a moment after it was said: what nobody got is sent again.
async function handOver(nc: NatsConnection, subject: string, data: Uint8Array | string, triesLeft = 50): Promise<Msg> {
  try {
    return await nc.request(subject, data, { timeout: 30_000 });
  } catch (error) {
    if (triesLeft === 0 || !(error instanceof RequestError && error.isNoResponders())) throw error;
    await new Promise((resolve) => setTimeout(resolve, 100));
    return handOver(nc, subject, data, triesLeft - 1);
  }
}

/** As `nats stream restore --replicas`. */
export async function restore(nc: NatsConnection, stream: string, kept: Backup, replicas: number): Promise<void> {
  const config = { ...kept.config, num_replicas: replicas };
  const { deliver_subject } = await request(nc, `$JS.API.STREAM.RESTORE.${stream}`, { config, state: kept.state });
  for (const chunk of kept.chunks) {
    const answer = (await handOver(nc, String(deliver_subject), chunk)).string();
    if (answer !== "") throw new Error(answer);
  }
  const end = (await handOver(nc, String(deliver_subject), "")).json<Answer>();
  if (end.error) throw new Error(end.error.description);
}
