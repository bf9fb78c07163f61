import type { Finding, SpecKind } from "../model/finding";
import { isOlder } from "../model/version";
import { sameValue } from "../model/walk";
import {
  consumerMutability,
  keyValueMutability,
  type Mutability,
  objectStoreMutability,
  type Row,
  streamMutability,
} from "./mutability";

type Fields = Readonly<Record<string, unknown>>;

export const mutability: Readonly<Record<SpecKind, Readonly<Record<string, Row>>>> = {
  stream: streamMutability,
  consumer: consumerMutability,
  "key-value bucket": keyValueMutability,
  "object store": objectStoreMutability,
};

const refuses: Readonly<Record<Mutability, (from: unknown, to: unknown) => boolean>> = {
  update: () => false,
  never: () => true,
  unsafe: () => true,
  "one-way": (from) => from === true,
  removable: (_, to) => to !== undefined,
  retention: (from, to) => from === "workqueue" || to === "workqueue",
};

const CODES: Readonly<Partial<Record<Mutability, string>>> = { "one-way": "OW101", unsafe: "IN101" };

/** What is known beside the two specs. */
export interface EditContext {
  /** Tells values that are not known yet; they are passed over, and the question is asked again when they are known. */
  readonly isUnknown?: (value: unknown) => boolean;
  /**
   * Version of the server.
   * @default - the newest supported
   */
  readonly server?: string;
}

/** The edits from one normal form to another that a server refuses, or that must not be made in place. */
export function findRefusedEdits(
  kind: SpecKind,
  name: string,
  from: Fields,
  to: Fields,
  { isUnknown = () => false, server }: EditContext = {},
): Finding[] {
  const [before, after] = kind === "stream" ? [withImplied(from), withImplied(to)] : [from, to];
  return Object.entries(mutability[kind]).flatMap(([field, row]) => {
    const [old, next] = [before[field], after[field]];
    if (isUnknown(old) || isUnknown(next) || sameValue(old, next)) return [];
    const tooOld = row.since !== undefined && server !== undefined && isOlder(server, row.since);
    if (!tooOld && !refuses[row.edit](old, next)) return [];
    const why = tooOld ? `needs nats-server ${row.since} or newer, the server runs ${server}` : row.says;
    const problem = `${show(old)} -> ${show(next)} cannot be changed in place (${why})`;
    return [
      {
        code: CODES[row.edit] ?? "RC101",
        severity: "error",
        kind,
        name,
        field,
        problem,
        remedy: remedy(kind, row.edit, old),
      },
    ];
  });
}

// Delete markers turn TTLs on, and those stay on when the markers go (server/stream.go checkStreamCfgLocked).
function withImplied(stream: Fields): Fields {
  return stream.subjectDeleteMarkerTtl ? { ...stream, allowMsgTtl: true } : stream;
}

function remedy(kind: SpecKind, edit: Mutability, old: unknown): string {
  const back = old === undefined ? "Remove it again" : `Set it back to ${show(old)}`;
  if (edit === "one-way") return `${back}: it cannot be undone. Without it, make a new ${kind} and move to it.`;
  if (kind === "consumer")
    return `${back}, or declare a consumer with a new name, move its clients, then remove this one.`;
  if (kind === "stream") {
    return `${back}, or declare a stream with a new name that has this one as a source, move its consumers, then retire this one.`;
  }
  return `${back}, or declare a ${kind} with a new name, copy its content, then retire this one.`;
}

function show(value: unknown): string {
  return value === undefined ? "unset" : JSON.stringify(value);
}
