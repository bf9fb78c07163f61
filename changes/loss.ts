import { parseDuration } from "../model/units";
import type { AssetFacts } from "./asset-facts";
import type { Change, ChangeCode } from "./change";
import { limitOf } from "./effects/limits";

/** How many messages a change discards: at least and at most. Equal numbers are exact. */
export interface Loss {
  readonly least: number;
  readonly most: number;
  /** Bytes that have to go, where bytes are what is limited. */
  readonly bytes?: bigint;
}

type Estimate = (change: Pick<Change, "to" | "detail">, facts: AssetFacts, now: number) => Loss | undefined;

const exactly = (messages: number): Loss => ({ least: messages, most: messages });
const NOTHING = exactly(0);

const overMessages = (limit: unknown, messages: number): Loss => {
  const most = limitOf(limit);
  return most === undefined ? NOTHING : exactly(Math.max(0, messages - Number(most)));
};

const overBytes = (limit: unknown, { messages = 0, bytes }: AssetFacts): Loss | undefined => {
  const most = limitOf(limit);
  if (most === undefined || messages === 0) return NOTHING;
  if (bytes === undefined) return undefined;
  return bytes <= most ? NOTHING : { least: 1, most: messages, bytes: bytes - most };
};

const overSubjects = (limit: unknown, { messages, subjects }: AssetFacts): Loss | undefined => {
  const most = Number(limitOf(limit) ?? 0n);
  if (most === 0 || messages === 0) return NOTHING;
  if (!subjects) return messages === undefined ? undefined : { least: 0, most: Math.max(0, messages - most) };
  return exactly(Object.values(subjects).reduce((sum, count) => sum + Math.max(0, count - most), 0));
};

const maxAge: Estimate = ({ to }, { messages, firstTime, lastTime, expired }, now) => {
  if (messages === undefined) return undefined;
  if (messages === 0) return NOTHING;
  if (expired && expired.maxAge === to) return exactly(expired.messages);
  const cutoff = now - Number((parseDuration(to) ?? 0n) / 1_000_000n);
  if (firstTime && Date.parse(firstTime) >= cutoff) return NOTHING;
  if (lastTime && Date.parse(lastTime) < cutoff) return exactly(messages);
  return { least: 1, most: messages };
};

// What consumers still wait for stays.
const interest: Estimate = ({ detail }, { messages, consumers, lastSeq }) => {
  if (messages === undefined) return undefined;
  if (messages === 0) return NOTHING;
  if (!consumers) return { least: 0, most: messages };
  // Some servers count too much as pending: beyond what is acknowledged there is no more.
  const wanted = consumers.map(({ pending, ackPending, ackFloor = 0 }) =>
    Math.min(pending + ackPending, lastSeq === undefined ? messages : lastSeq - ackFloor),
  );
  const all = wanted.reduce((sum, count) => sum + count, 0);
  // Messages outside of every filter are looked at later, or never; before 2.15 all of them.
  const later = detail?.later === true || consumers.some(({ filters }) => filters.length > 0);
  return { least: later ? 0 : Math.max(0, messages - all), most: Math.max(0, messages - Math.max(0, ...wanted)) };
};

const discardOld: Estimate = ({ detail = {} }, facts) => {
  const { messages } = facts;
  if (messages === undefined) return undefined;
  const parts = [
    overMessages(detail.maxMsgs, messages),
    overBytes(detail.maxBytes, facts),
    detail.perSubject === true ? overSubjects(detail.maxMsgsPerSubject, facts) : NOTHING,
  ];
  if (parts.some((part) => part === undefined)) return undefined;
  return (parts as Loss[]).reduce((worst, part) => (part.most > worst.most ? part : worst), NOTHING);
};

// How much the copies push out depends on what they are.
const pushedOut: Estimate = (_, { messages }) =>
  messages === undefined ? undefined : messages === 0 ? NOTHING : { least: 0, most: messages };

const filter: Estimate = (_, { pending, ackPending }) =>
  pending === undefined || ackPending === undefined ? undefined : { least: 0, most: pending + ackPending };

const ESTIMATES: Readonly<Partial<Record<ChangeCode, Estimate>>> = {
  DL101: ({ to }, { messages }) => (messages === undefined ? undefined : overMessages(to, messages)),
  DL102: ({ to }, facts) => (facts.messages === undefined ? undefined : overBytes(to, facts)),
  DL103: maxAge,
  DL104: ({ detail }, facts) => {
    const loss = overSubjects(detail?.limit, facts);
    return loss && detail?.later === true ? { ...loss, least: 0 } : loss;
  },
  DL105: discardOld,
  DL106: interest,
  DL107: filter,
  DL108: pushedOut,
  DL110: (_, { messages }) => (messages === undefined ? undefined : exactly(messages)),
};

/** Messages a change discards now, `undefined` where that is not known. Changes that discard none have no loss either. */
export function lossOf(
  change: Pick<Change, "code" | "to" | "detail">,
  facts: AssetFacts,
  now: number = facts.now === undefined ? Date.now() : Date.parse(facts.now),
): Loss | undefined {
  return ESTIMATES[change.code]?.(change, facts, now);
}
