import { createInbox, type Msg, type NatsConnection } from "@nats-io/transport-node";
import { type Finding, HeadwaterError } from "../../model/finding";
import { decodeJson, encodeJson } from "../../model/wire";
import { type Api, jetStreamApi, type Reply } from "../api";
import { connection } from "../connection";
import type { Settings } from "../settings";

/** What the system account may ask of the servers. */
export interface System {
  /** Requests one server answers: the leader of the cluster. */
  readonly api: Api;
  /** Asks every server; answers what came until it was complete, or until nothing came any more. */
  readonly ask: (subject: string, body: unknown, isComplete?: IsComplete) => Promise<Reply[]>;
  /** The servers asked, for messages. */
  readonly name: string;
}

/** Whether answers that have come are all that are wanted. */
export type IsComplete = (replies: readonly Reply[]) => boolean;

// A server that has not answered for this long after the last one is gone, or busy beyond use.
const QUIET_MS = 1_500;

/** The system account these settings log in to. */
export function systemOf(settings: Settings): System {
  const name = settings.servers.join(",");
  return {
    name,
    api: jetStreamApi({ ...settings, apiPrefix: "$JS.API" }),
    ask: async (subject, body, isComplete) => answers(await connection(settings), settings, subject, body, isComplete),
  };
}

/** Complete with an answer of each of these servers. */
export function fromAll(names: readonly string[]): IsComplete {
  return (replies) => {
    const answered = new Set(replies.map(({ server }) => (server as { name: string }).name));
    return names.every((name) => answered.has(name));
  };
}

/** A finding about one server of a cluster. */
export function serverFinding(code: string, name: string, problem: string, remedy: string): Finding {
  return { code, severity: "error", kind: "server", name, field: "", problem, remedy };
}

/** Nobody answers, so the login belongs to another account. */
export function notSystem(name: string): Finding {
  return serverFinding(
    "CS101",
    name,
    "no server answers questions about the servers",
    "Log in with a user of the system account.",
  );
}

function answers(
  nc: NatsConnection,
  { inboxPrefix, servers }: Settings,
  subject: string,
  body: unknown,
  isComplete: IsComplete = () => false,
): Promise<Reply[]> {
  return new Promise((resolve, reject) => {
    const replies: Reply[] = [];
    const inbox = createInbox(inboxPrefix);
    let quiet: NodeJS.Timeout;
    const finish = () => {
      clearTimeout(quiet);
      subscription.unsubscribe();
      resolve(replies);
    };
    const wait = () => {
      clearTimeout(quiet);
      quiet = setTimeout(finish, QUIET_MS);
    };
    const subscription = nc.subscribe(inbox, {
      callback: (error: Error | null, message: Msg) => {
        if (error) {
          clearTimeout(quiet);
          return reject(error);
        }
        // Nobody listens: the account is another one.
        if (message.headers?.code === 503) {
          clearTimeout(quiet);
          return reject(new HeadwaterError([notSystem(servers.join(","))]));
        }
        replies.push(decodeJson(message.string()) as Reply);
        if (isComplete(replies)) finish();
        else wait();
      },
    });
    wait();
    nc.publish(subject, encodeJson(body), { reply: inbox });
  });
}
