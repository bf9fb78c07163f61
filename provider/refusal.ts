import { JetStreamApiError } from "@nats-io/jetstream";
import { type AssetKind, HeadwaterError } from "../model/finding";
import type { Api } from "./api";

const NO_LEADER = "Wait until enough servers of the cluster run, then run it again: it is safe to repeat.";
const RAISE_LIMIT = "Raise the limit of the account or server, or lower what the asset asks for.";

// What to do about an error code; the server's own words come with it.
const REMEDIES: Readonly<Record<number, string>> = {
  10002: RAISE_LIMIT,
  10005: "Lower replicas or relax placement, or add servers.",
  10008: NO_LEADER,
  10013: "Stop the subscribers of the old deliverSubject first, or keep it.",
  10023: "Lower replicas, or add servers.",
  10025: "The server does not know a field: upgrade it, or remove the field.",
  10026: RAISE_LIMIT,
  10027: RAISE_LIMIT,
  10028: RAISE_LIMIT,
  10047: RAISE_LIMIT,
  10059: "Create the stream first, or correct the name.",
  10065: "Let one stream own the subject: narrow one of the two, or use a source or a mirror.",
  10099: "Another consumer takes these messages already: delete that one first, or give each a filter of its own.",
  10100: "Another consumer takes these messages already: delete that one first, or give each a filter of its own.",
  10074: "Set replicas to 1, or use a cluster of at least that many servers.",
  10118: NO_LEADER,
  10119: NO_LEADER,
  10113: "Set maxBytes: this account demands it.",
  10120: "Give the account a limit for this number of replicas.",
  10122: "Lower maxBytes to what the account allows.",
  10123: "Change replicas and placement in two steps.",
  10124: "Wait until the stream has moved.",
};

/** Turns what the server refused into the one error users see. Everything else is passed through. */
export async function refusal(
  api: Api,
  kind: AssetKind,
  name: string,
  error: unknown,
  subjects?: readonly string[],
): Promise<unknown> {
  if (!(error instanceof JetStreamApiError)) return error;
  const others = error.code === 10065 && subjects ? await overlapping(api, subjects) : [];
  const who = others.length > 0 ? `: ${others.map((other) => `stream "${other}"`).join(", ")}` : "";
  const problem = `the server refused it${who} ("${error.message}", ${error.code})`;
  const remedy = REMEDIES[error.code] ?? "Correct the spec and run it again.";
  return new HeadwaterError([{ code: "SV102", severity: "error", kind, name, field: "", problem, remedy }]);
}

async function overlapping(api: Api, subjects: readonly string[]): Promise<string[]> {
  const replies = await Promise.all(
    subjects.map((subject) => api.request("STREAM.NAMES", { subject }).catch(() => ({ streams: [] }))),
  );
  return [...new Set(replies.flatMap((reply) => (reply.streams as string[] | null) ?? []))];
}
