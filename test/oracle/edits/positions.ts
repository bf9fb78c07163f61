import { createInbox, type Msg } from "@nats-io/transport-node";
import type { Fields, Position } from "./edit-case";
import type { Lab } from "./lab";

const PATIENCE_MS = 1_000;

/** Delivers and acknowledges as many messages of a pull consumer as its clients are said to have. */
export async function pull(lab: Lab, consumer: Fields, position: Position): Promise<void> {
  if (position.delivered === 0) return;
  const { stream, name, priorityGroups, ackPolicy } = consumer;
  const inbox = createInbox();
  const group = Array.isArray(priorityGroups) ? { group: priorityGroups[0] } : {};
  const request = { batch: position.delivered, no_wait: true, ...group };
  const got = await collect(lab, inbox, position.delivered, () =>
    lab.nc.publish(`$JS.API.CONSUMER.MSG.NEXT.${stream}.${name}`, JSON.stringify(request), { reply: inbox }),
  );
  if (ackPolicy !== "none") acknowledge(got.slice(0, position.acked));
}

/** The same for a push consumer: it delivers by itself while somebody listens. */
export async function listen(lab: Lab, consumer: Fields, { delivered, acked }: Position): Promise<() => void> {
  const got: Msg[] = [];
  const subscription = lab.nc.subscribe(String(consumer.deliverSubject), {
    queue: consumer.deliverGroup as string | undefined,
    callback: (_, message) => {
      if (isMessage(message)) got.push(message);
      else if (message.reply) message.respond();
    },
  });
  await lab.nc.flush();
  await waitFor(() => got.length >= delivered);
  if (consumer.ackPolicy !== "none") acknowledge(got.slice(0, acked));
  return () => subscription.unsubscribe();
}

async function collect(lab: Lab, inbox: string, count: number, ask: () => void): Promise<Msg[]> {
  const got: Msg[] = [];
  let over = false;
  const subscription = lab.nc.subscribe(inbox, {
    callback: (_, message) => {
      if (isMessage(message)) got.push(message);
      else over = true;
    },
  });
  ask();
  await waitFor(() => over || got.length >= count);
  subscription.unsubscribe();
  return got;
}

// Answers about requests and heartbeats have a status instead of a reply of the consumer.
const isMessage = (message: Msg) => message.reply?.startsWith("$JS.ACK.") === true;

function acknowledge(messages: readonly Msg[]): void {
  for (const message of messages) message.respond("+ACK");
}

async function waitFor(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!holds() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
}
