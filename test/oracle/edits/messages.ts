import { headers, type NatsConnection } from "@nats-io/transport-node";
import type { Fields } from "./edit-case";

const LAST = ["a", "b", "c", "d"];

/** Publishes to the subjects of a stream in turn, in different sizes; what the stream refuses is left out. */
export async function publish(nc: NatsConnection, stream: Fields, count: number, from = 0): Promise<void> {
  const subjects = concrete(stream);
  if (subjects.length === 0) return;
  const sent = Array.from({ length: count }, (_, i) => {
    const at = from + i;
    const subject = subjects[at % subjects.length] as string;
    return send(nc, stream, subject, "x".repeat(40 * (1 + (at % 5))));
  });
  await Promise.all(sent);
  await nc.flush();
}

async function send(nc: NatsConnection, stream: Fields, subject: string, text: string): Promise<void> {
  if (stream.noAck === true) return nc.publish(subject, text);
  const head = headers();
  if (stream.allowMsgCounter === true) head.set("Nats-Incr", "1");
  const payload = stream.allowMsgCounter === true ? "" : text;
  await nc.request(subject, payload, { headers: head, timeout: 5_000 }).catch(() => undefined);
}

// Subjects that can be published to: up to four for every pattern.
function concrete({ subjects, name, mirror, sources }: Fields): string[] {
  const patterns = (subjects ?? (mirror || sources ? [] : [name])) as string[];
  return patterns.flatMap((pattern) =>
    /[*>]/.test(pattern) ? LAST.map((last) => pattern.replace(/[*>]/g, last)) : [pattern],
  );
}
