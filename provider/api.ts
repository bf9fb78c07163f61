import { type ApiError, JetStreamApiError } from "@nats-io/jetstream";
import { type NatsConnection, PermissionViolationError, RequestError, TimeoutError } from "@nats-io/transport-node";
import { HeadwaterError } from "../model/finding";
import { decodeJson, encodeJson } from "../model/wire";
import { connection } from "./connection";
import { refusedAsMapped } from "./mapped-refusal";
import { semaphore } from "./semaphore";
import type { Settings } from "./settings";

/** A reply of the JetStream API, decoded. */
export type Reply = Readonly<Record<string, unknown>>;

/** One account's JetStream API: requests that are safe to repeat are repeated until the deadline. */
export interface Api {
  /** Sends `<prefix>.<subject>`; throws `JetStreamApiError` for what the server refuses. */
  readonly request: (subject: string, body?: unknown) => Promise<Reply>;
  /** Version of the server connected to. */
  readonly version: () => Promise<string>;
  /** Deadline of one operation. */
  readonly timeoutMs: number;
}

// No meta leader, stream or consumer offline, cluster peers offline: states that pass.
const PASSING = new Set([10008, 10118, 10119]);
// Half the election timer: a replicated asset may take one election to answer.
const ATTEMPT_MS = 10_000;
// JetStream that is starting has no responders for a moment; one that is not enabled never has.
const NO_RESPONDERS_MS = 3_000;
const CONCURRENT = 32;
const DOMAIN_PREFIX = /^\$JS\.[^.]+\.API\./;
// What a cluster says of which not every server is there yet: too few of them, JetStream or the account not yet known.
const FORMING = new Set([10005, 10035, 10039, 10076]);

export function jetStreamApi(settings: Settings): Api {
  const limited = semaphore(CONCURRENT);
  // From the first request on: the cluster was made just before.
  let formedBy = 0;
  return {
    request: async (subject, body) => {
      if (settings.waitForServers) formedBy ||= Date.now() + settings.connectTimeoutMs;
      const nc = await connection(settings);
      return limited(() => requestUntilDeadline(nc, settings, `${settings.apiPrefix}.${subject}`, body, formedBy));
    },
    timeoutMs: settings.timeoutMs,
    version: async () => (await connection(settings)).info?.version ?? "0.0.0",
  };
}

async function requestUntilDeadline(
  nc: NatsConnection,
  settings: Settings,
  subject: string,
  body: unknown,
  formedBy: number,
): Promise<Reply> {
  const started = Date.now();
  const payload = body === undefined ? undefined : encodeJson(body);
  for (let attempt = 0; ; attempt++) {
    const deadline = Math.max(started + settings.timeoutMs, formedBy);
    const left = deadline - Date.now();
    try {
      const send = () => nc.request(subject, payload, { timeout: Math.min(left, ATTEMPT_MS) });
      const mapped = subject.replace(DOMAIN_PREFIX, "$JS.API.");
      const message = await (mapped === subject ? send() : refusedAsMapped(nc, mapped, send));
      return checkReply(decodeJson(message.string()) as Reply);
    } catch (error) {
      // Doubling from 100 ms up to 2 s, with jitter so that parallel requests spread.
      const pause = Math.min(2_000, 100 * 2 ** attempt) * (0.5 + Math.random() / 2);
      const now = Date.now();
      const passes = mayPass(error, now - started) || (now < formedBy && isForming(error));
      if (!passes || now + pause >= deadline) throw requestError(error, settings, subject);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

function checkReply(reply: Reply): Reply {
  if (reply.error) throw new JetStreamApiError(reply.error as ApiError);
  return reply;
}

function mayPass(error: unknown, elapsed: number): boolean {
  if (error instanceof JetStreamApiError) return PASSING.has(error.code) || isPeerOffline(error);
  if (error instanceof RequestError && error.isNoResponders()) return elapsed < NO_RESPONDERS_MS;
  return error instanceof TimeoutError || (error instanceof RequestError && error.cause instanceof TimeoutError);
}

function isForming(error: unknown): boolean {
  if (error instanceof JetStreamApiError) return FORMING.has(error.code);
  return error instanceof RequestError && error.isNoResponders();
}

// A server that was just restarted counts as offline for a moment; other reasons of 10005 do not pass.
function isPeerOffline({ code, message }: JetStreamApiError): boolean {
  return code === 10005 && message.includes("peer offline");
}

const NOT_ENABLED = new Set([10039, 10076, 10035]);

function requestError(error: unknown, settings: Settings, subject: string): unknown {
  const provider = (code: string, problem: string, remedy: string) =>
    new HeadwaterError([
      { code, severity: "error", kind: "provider", name: settings.servers.join(","), field: "", problem, remedy },
    ]);
  const noResponders = error instanceof RequestError && error.isNoResponders();
  if (noResponders || (error instanceof JetStreamApiError && NOT_ENABLED.has(error.code))) {
    const why = error instanceof JetStreamApiError ? ` ("${error.message}", ${error.code})` : "";
    return provider(
      "CN104",
      `JetStream is not enabled here${why}`,
      "Enable it on the servers and for this account; check nats:domain if the account uses one.",
    );
  }
  const cause = error instanceof RequestError ? error.cause : error;
  if (cause instanceof PermissionViolationError) {
    return provider(
      "CN105",
      `the user may not ${cause.operation} "${cause.subject}"`,
      "Grant it: see docs/permissions.md for the smallest set.",
    );
  }
  if (cause instanceof TimeoutError) {
    return provider(
      "CN106",
      `no answer to "${subject}" within ${settings.timeoutMs / 1000} s`,
      "Check that the cluster has a leader; nats:timeout waits longer. Running it again is safe.",
    );
  }
  return error;
}
