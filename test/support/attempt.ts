import { connect, createInbox, type NatsConnection, PermissionViolationError } from "@nats-io/transport-node";

/** A login whose every violation of its permissions is noted. */
export interface Attempts {
  readonly nc: NatsConnection;
  /** Whether the server lets it publish there. */
  publish(subject: string, payload?: string): Promise<boolean>;
  /** Whether the server lets it subscribe there. */
  subscribe(subject: string): Promise<boolean>;
  close(): Promise<void>;
}

/** Logs in as a user whose reply subjects begin with a prefix. */
export async function attemptAs(url: string, user: string, inboxPrefix: string): Promise<Attempts> {
  const nc = await connect({ servers: url, user, pass: "p", inboxPrefix, ignoreAuthErrorAbort: true });
  const violations: PermissionViolationError[] = [];
  void (async () => {
    for await (const status of nc.status())
      if (status.type === "error" && status.error instanceof PermissionViolationError) violations.push(status.error);
  })();
  // The server answers a ping after it has refused what came before it.
  const isRefused = async (operation: string, subject: string) => {
    await nc.flush();
    await new Promise((resolve) => setImmediate(resolve));
    return violations.some((violation) => violation.operation === operation && violation.subject === subject);
  };
  return {
    nc,
    publish: async (subject, payload = "{}") => {
      nc.publish(subject, payload, { reply: createInbox(inboxPrefix) });
      return !(await isRefused("publish", subject));
    },
    subscribe: async (subject) => {
      const subscription = nc.subscribe(subject, { callback: () => undefined });
      const refused = await isRefused("subscription", subject);
      if (!subscription.isClosed()) subscription.unsubscribe();
      return !refused;
    },
    close: () => nc.close(),
  };
}
