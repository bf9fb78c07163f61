import type { NatsConnection } from "@nats-io/transport-node";
import { withConnection } from "./nats";

/** Requests the JetStream API answered, by their audit advisories: `STREAM.CREATE.ORDERS` and so on. */
export async function apiRequests(url: string, during: () => Promise<unknown>, login = {}): Promise<string[]> {
  return withConnection(url, (nc) => collect(nc, during), login);
}

async function collect(nc: NatsConnection, during: () => Promise<unknown>): Promise<string[]> {
  const seen: string[] = [];
  const subscription = nc.subscribe("$JS.EVENT.ADVISORY.API", {
    callback: (_, message) => {
      seen.push((message.json() as { subject: string }).subject.replace("$JS.API.", ""));
    },
  });
  await nc.flush();
  await during();
  // Advisories follow the replies: one more request of our own marks the end.
  await nc.request("$JS.API.INFO", "");
  const deadline = Date.now() + 5_000;
  while (!seen.includes("INFO") && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
  subscription.unsubscribe();
  return seen.filter((subject) => subject !== "INFO");
}

/** The requests that change something. */
export const writes = (requests: readonly string[]) =>
  requests.filter((subject) => /^(STREAM|CONSUMER)\.(CREATE|UPDATE|DELETE|PURGE|PAUSE|DURABLE)/.test(subject));
