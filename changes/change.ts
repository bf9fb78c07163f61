import type { SpecKind } from "../model/finding";

/** What an edit does, by the letters of its code. */
export const changeClasses = {
  DL: "discards data",
  RC: "needs recreation",
  BC: "breaks readers or writers",
  GD: "weakens a guarantee",
  OW: "one-way",
  IN: "without effect",
  UP: "in place",
} as const;

export type ChangeFamily = keyof typeof changeClasses;

/** One consequence of one edited field: the text is made by `describe`. */
export interface Change {
  /** Stable, such as `DL102`. */
  readonly code: ChangeCode;
  readonly kind: SpecKind;
  readonly name: string;
  /** The edited field, in the asset's own words. */
  readonly field: string;
  /** Values in normal form; `undefined` is not set. */
  readonly from: unknown;
  readonly to: unknown;
  /** What the text needs besides. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Every code, and what it means. The documentation has the same sentences. */
export const changeCodes = {
  DL101: 'Lowering `maxMsgs` with `discard: "old"` deletes the oldest messages above it at once.',
  DL102: 'Lowering `maxBytes` with `discard: "old"` deletes the oldest messages above it at once.',
  DL103: "Lowering `maxAge` (a bucket's `ttl`) deletes older messages at once, whatever the discard policy.",
  DL104:
    "Lowering `maxMsgsPerSubject` (a bucket's `history`) deletes older messages of each subject at once, whatever the discard policy.",
  DL105: "From refusing new messages at a limit to discarding old ones: what is above the limit is deleted at once.",
  DL106: "Retention `interest` drops every message no consumer waits for, at once.",
  DL107:
    "On an interest stream, messages nobody else waits for are dropped when a consumer's filter no longer takes them.",
  DL108:
    "A new source is copied beside what is stored: where a limit discards old messages, the copies push stored ones out.",
  DL110:
    "Recreating (`replace`) discards all messages of a stream or bucket, its consumers with it, and the position of a consumer.",
  RC101: "The server refuses this edit in place.",
  RC102: "The server refuses limits below what an existing consumer has.",
  RC103: "The server refuses another `deliverSubject` while clients listen on the old one.",
  RC104: "Before 2.15 the server refuses interest retention while a consumer has other `replicas` than the stream.",
  BC101: "A subject is removed: its messages stay, but publishers of it are no longer answered.",
  BC102: "Publishers of larger messages are refused.",
  BC103: "At its limit the stream refuses new messages instead of discarding old ones.",
  BC104: 'With `discard: "new"`, writes are refused while more is stored than the lower limit.',
  BC105: "New consumers above `maxConsumers` are refused.",
  BC106: "`noAck`: publishers that wait for an acknowledgment time out.",
  BC107: "A source is removed: nothing is copied from it any more.",
  BC108:
    "A source with another filter, transform or consumer is a new source: it is copied again beside what was copied, or, where the stream's oldest messages are gone, only from now on.",
  BC109: "Messages are stored under other subjects: consumers' filters may no longer match.",
  BC110: "Subscribers of republished messages no longer get them, or get others.",
  BC111: "Clients that get messages directly (`allowDirect`, `mirrorDirect`) fail.",
  BC112: "Publishers of roll-ups are refused.",
  BC113: "Publishers of batches are refused.",
  BC114: "The consumer no longer delivers what its filter leaves out.",
  BC115: "Messages come without their payload.",
  BC116: "Nothing is delivered before the pause ends.",
  BC117: "Pull requests above the limit are refused.",
  BC118: "Clients that ask without the priority group, or for another, are refused.",
  BC119: "Clients listening on the old `deliverSubject` or in the old `deliverGroup` get nothing.",
  GD101: "Fewer replicas survive fewer failures.",
  GD102:
    "A shorter `duplicateWindow` stores duplicates it would have recognized; a shorter `maxAge` shortens a default one.",
  GD103: "A lower data class loses the policies that protect it.",
  GD104: "A shorter `ackWait`, or first `backoff`, delivers again what is still being worked on.",
  GD105: "After `maxDeliver` deliveries a message is given up.",
  GD106:
    "The consumer is deleted when nobody used it for `inactiveThreshold`; on an interest stream its messages go too.",
  GD107:
    "From refusing new messages at a limit to discarding old ones: from now on writes delete the oldest messages at the limit.",
  GD108: "Retention `interest` keeps a message only while a consumer waits for it.",
  GD109: "A lower `maxAckPending` stalls delivery sooner.",
  OW101: "The switch cannot be turned off.",
  OW102: "The switch can be turned on, never off again.",
  OW103: "A mirror that is promoted cannot mirror again.",
  IN101: "The server accepts the edit and does harm later: it is not made.",
  IN102: "Compression changes when the stream is opened again, for new blocks only.",
  IN103: "Another start position has no effect on a source or mirror that copies already.",
  UP101: "Made in place.",
} as const;

export type ChangeCode = keyof typeof changeCodes;

/** What a change is called: its class, or that it is never made in place. */
export function labelOf(change: Pick<Change, "code" | "detail">): string {
  const needless = change.code !== "RC101" || change.detail?.version !== undefined;
  return isRefused(change) && needless ? "refused in place" : changeClasses[familyOf(change.code)];
}

export function familyOf(code: ChangeCode): ChangeFamily {
  return code.slice(0, 2) as ChangeFamily;
}

// What can be acknowledged: the server makes these edits.
const ACKNOWLEDGED: ReadonlySet<ChangeFamily> = new Set(["DL", "BC", "GD", "OW"]);

/** True for an edit that is made only when it is acknowledged. */
export function isDangerous({ code }: Pick<Change, "code">): boolean {
  return ACKNOWLEDGED.has(familyOf(code)) && !isRefused({ code });
}

/** True for an edit that is never made in place. */
export function isRefused({ code }: Pick<Change, "code">): boolean {
  return familyOf(code) === "RC" || code === "OW101" || code === "IN101";
}
