import { countOf, sizeOf } from "../model/amounts";
import type { Finding, SpecKind } from "../model/finding";
import { isSubsetOf } from "../model/subjects";
import { bigintAsText } from "../model/walk";
import type { AssetFacts } from "./asset-facts";
import { type Change, type ChangeCode, isDangerous, isRefused } from "./change";
import { type Loss, lossOf } from "./loss";

/** A change in words: what it does, and how to go on. */
export interface Description {
  /** Follows `field from -> to`. */
  readonly problem: string;
  readonly remedy: string;
}

type Text = (change: Change, facts: AssetFacts) => string;

const names = (value: unknown) => (value as readonly string[]).map((name) => JSON.stringify(name)).join(", ");

const consumersOf = (value: unknown) =>
  (value as readonly string[]).length === 1 ? `consumer ${names(value)} has` : `consumers ${names(value)} have`;

// "exactly 4 of the 10 messages stored now", with as much as is known.
function amount(change: Change, facts: AssetFacts): string | undefined {
  const loss = lossOf(change, facts);
  if (!loss || facts.messages === undefined) return loss && range(loss);
  const stored = `${countOf(facts.messages, "message")}${facts.bytes === undefined ? "" : ` (${sizeOf(facts.bytes)})`}`;
  if (loss.bytes !== undefined)
    return `at least ${sizeOf(loss.bytes)} of the ${sizeOf(facts.bytes ?? 0)} stored now would go`;
  if (loss.least === loss.most && loss.most === facts.messages) return `all ${stored} stored now would go`;
  return `${range(loss)} of the ${stored} stored now would go`;
}

function range({ least, most }: Loss): string {
  const [low, high] = [least, most].map((number) => number.toLocaleString("en-US"));
  if (least === most) return String(high);
  return least === 0 ? `up to ${high}` : `${low} to ${high}`;
}

const discards =
  (what: string, condition: string): Text =>
  (change, facts) => {
    const known = amount(change, facts);
    return known ? `${what} at once: ${known}` : `${what} at once, ${condition}`;
  };

const refused: Text = ({ detail }, { messages, bytes }) => {
  const size = bytes === undefined ? "" : ` (${sizeOf(bytes)})`;
  const holds = messages ? `; it holds ${countOf(messages, "message")}${size}` : "";
  return `cannot be changed in place (${detail?.why})${holds}`;
};

const recreation: Text = ({ kind }, { messages, bytes, consumers = [], delivered, pending = 0 }) => {
  if (kind === "consumer") {
    const lost = delivered === undefined ? "" : ` (${countOf(delivered, "message")} delivered, ${pending} pending)`;
    return `recreates the consumer: its position is lost${lost}, and it starts again where deliverPolicy says`;
  }
  const size = bytes === undefined ? "" : ` (${sizeOf(bytes)})`;
  const all = messages === undefined ? "all its messages are" : `all ${countOf(messages, "message")}${size} are`;
  const others = consumers.map(({ name }) => name);
  const also = others.length === 0 ? "" : `, with ${others.length === 1 ? "consumer" : "consumers"} ${names(others)}`;
  return `recreates the ${kind}: ${all} deleted${also}`;
};

const TEXTS: Readonly<Record<ChangeCode, Text>> = {
  DL101: discards("deletes the oldest messages", "if more are stored"),
  DL102: discards("deletes the oldest messages", "if more is stored"),
  DL103: discards("deletes older messages", "if there are any"),
  DL104: discards("deletes the oldest messages of each subject", "where more are stored"),
  DL105: discards("deletes the oldest messages above the limits", "if more is stored"),
  DL106: discards("drops messages no consumer waits for", "acknowledged ones too"),
  DL107: ({ detail }, { stream, pending, ackPending }) => {
    const condition = stream ? "" : ", if the stream's retention is interest";
    const known = pending !== undefined && ackPending !== undefined;
    const here = known ? `: up to ${pending + ackPending} are pending here` : "";
    return `drops messages outside of ${names(detail?.only)} that no other consumer waits for${condition}${here}`;
  },
  DL108: ({ detail }, { messages }) => {
    const held = messages ? ` (${countOf(messages, "message")} now)` : "";
    return `copies ${names(detail?.sources)} beside what is stored${held}: at the stream's limits the copies push stored messages out`;
  },
  DL110: recreation,
  RC101: refused,
  RC102: ({ detail }) => `is refused by the server: ${consumersOf(detail?.consumers)} more`,
  RC104: ({ detail }) =>
    `is refused by the server: ${consumersOf(detail?.consumers)} other replicas than the stream's ${detail?.replicas}`,
  RC103: () => "cannot be changed while clients listen on the old subject",
  BC101: ({ detail }, { subjects }) => {
    const [removed = [], now = [], left = []] = [detail?.removed, detail?.now, detail?.left] as (readonly string[])[];
    const covers = (list: readonly string[], subject: string) => list.some((one) => isSubsetOf(subject, one));
    const gone = Object.entries(subjects ?? {}).filter(([one]) => covers(removed, one) && !covers(now, one));
    const messages = gone.reduce((sum, [, count]) => sum + count, 0);
    const stay = subjects ? `the ${countOf(messages, "message")} stored under it stay` : "what is stored stays";
    const rest = left.length > 0 ? ` except ${names(left)}` : "";
    return `stops storing ${names(removed)}${rest}: its publishers get no answer, and ${stay}`;
  },
  BC102: () => "refuses publishers of larger messages; stored ones stay",
  BC103: () => "refuses new messages at the limit instead of discarding old ones",
  BC104: (_, { messages, bytes }) =>
    messages === undefined
      ? "refuses writes while more is stored; nothing is deleted"
      : `refuses writes while more is stored (now ${countOf(messages, "message")}${bytes === undefined ? "" : `, ${sizeOf(bytes)}`}); nothing is deleted`,
  BC105: (_, { consumers }) =>
    `refuses new consumers above it; existing ones stay${consumers ? ` (now ${consumers.length})` : ""}`,
  BC106: () => "leaves publishers without an acknowledgment: those that wait time out",
  BC107: ({ detail }) => `stops copying from ${names(detail?.sources)}; what was copied stays`,
  BC108: ({ detail }) =>
    `copies ${names(detail?.sources)} anew: again from its start, or only from now on where the stream's oldest messages are gone`,
  BC109: () => "stores new messages under other subjects: filters of consumers may no longer match",
  BC110: () => "changes what subscribers of the copies get",
  BC111: () => "fails clients that get messages directly",
  BC112: () => "refuses publishers of roll-ups",
  BC113: () => "refuses publishers of batches, and drops batches under way",
  BC114: ({ detail }) => `delivers only ${names(detail?.only)}`,
  BC115: () => "delivers headers and sizes without payloads",
  BC116: () => "delivers nothing before that instant",
  BC117: () => "refuses pull requests above it",
  BC118: () => "refuses clients that ask without the priority group, or for another",
  BC119: () => "leaves clients that listen on the old one without messages",
  GD101: () => "survives fewer failed servers",
  GD102: ({ detail }) => `recognizes duplicates for ${detail?.to} instead of ${detail?.from}`,
  GD103: () => "loses the policies that protect the higher class",
  GD104: () => "delivers again sooner, also what is still being worked on",
  GD105: ({ to }) => `gives a message up after ${to === 1 ? "1 delivery" : `${to} deliveries`}`,
  GD106: () => "lets the server delete the consumer when nobody used it for that long, a durable one too",
  GD107: () => "deletes the oldest messages at the limit from now on",
  GD108: () => "keeps a message only while a consumer waits for it from now on",
  GD109: () => "stalls delivery sooner: fewer messages may wait for their acknowledgment",
  OW101: refused,
  OW102: ({ detail }) => `${detail?.does ?? "turns on a switch"}, for good: it can never be turned off again`,
  OW103: () => "makes the mirror a stream of its own, and it can never mirror again",
  IN101: refused,
  IN102: () => "takes effect when the stream is opened again, for new blocks only",
  IN103: ({ detail }) => `has no effect: copying from ${names(detail?.sources)} goes on where it is`,
  UP101: () => "is made in place",
};

const KEEP: Readonly<Partial<Record<ChangeCode, string>>> = {
  DL101: "To keep them: keep the old limit, or copy to another stream first.",
  DL102: "To keep them: keep the old limit, or copy to another stream first.",
  DL103: "To keep them: keep the old age, or copy to another stream first.",
  DL104: "To keep them: keep the old limit, or copy to another stream first.",
  DL105: 'To keep them: stay with "new", or raise the limits first.',
  DL106: "To keep them: copy to another stream first.",
  DL108: "To keep them: raise the limits, or copy into a stream of its own.",
  DL107: "To keep them: let another consumer take these subjects first.",
  RC102: "Lower the consumers first.",
  RC104: "Leave replicas of these consumers out first: they then follow the stream.",
  RC103: "Stop them first, or declare a consumer with a new name.",
  BC101: "Move its publishers first.",
  GD101: "Keep the replicas, unless losing a server may lose the data.",
};

/** Says what a change does, in exact numbers where facts are given and at its worst where not. */
export function describe(change: Change, facts: AssetFacts = {}): Description {
  const problem = `${show(change.from)} -> ${show(change.to)} ${TEXTS[change.code](change, facts)}`;
  if (isRefused(change)) return { problem, remedy: KEEP[change.code] ?? wayToMove(change, facts) };
  if (!isDangerous(change)) return { problem, remedy: "" };
  const keep = KEEP[change.code];
  const accept = `To accept: allow: [${acknowledgment(change)}].`;
  return { problem, remedy: keep ? `${keep} ${accept}` : accept };
}

/** The change as a finding of the one grammar. */
export function changeFinding(change: Change, facts?: AssetFacts): Finding {
  const { code, kind, name, field, to } = change;
  return { code, severity: "error", kind, name, field, value: to, ...describe(change, facts) };
}

function acknowledgment({ code, field, to }: Change): string {
  const target = to === undefined ? "" : ` to: ${show(to)},`;
  return `{ code: "${code}", field: "${field}",${target} reason: "…" }`;
}

function wayToMove({ code, kind, from: old, detail }: Change, facts: AssetFacts): string {
  const back = old === undefined ? "Remove it again" : `Set it back to ${show(old)}`;
  if (detail?.version) return `${back}, or upgrade the servers.`;
  if (isUnused(kind, facts)) return `${back}, or set replace: "allow": nothing is lost, it is unused.`;
  if (code === "OW101") return `${back}: it cannot be undone. Without it, make a new ${kind} and move to it.`;
  if (kind === "consumer")
    return `${back}, or declare a consumer with a new name, move its clients, then remove this one.`;
  if (kind === "stream")
    return `${back}, or declare a stream with a new name that has this one as a source, move its consumers, then retire this one.`;
  return `${back}, or declare a ${kind} with a new name, copy its content, then retire this one.`;
}

/** True when recreating it loses nothing: no messages, no consumers, no position. */
export function isUnused(kind: SpecKind, { messages, consumers, delivered, pending }: AssetFacts): boolean {
  return kind === "consumer" ? delivered === 0 && pending === 0 : messages === 0 && consumers?.length === 0;
}

function show(value: unknown): string {
  return value === undefined ? "unset" : JSON.stringify(value, bigintAsText);
}
