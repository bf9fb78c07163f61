import { keyValueToStream, objectStoreToStream } from "../model/bucket-stream";
import type { SpecKind } from "../model/finding";
import type { KeyValueSpec } from "../model/key-value-spec";
import type { ObjectStoreSpec } from "../model/object-store-spec";
import { isOlder, NEWEST } from "../model/version";
import { sameValue } from "../model/walk";
import type { AssetFacts } from "./asset-facts";
import type { Change, ChangeCode } from "./change";
import type { Consequence, Edit } from "./edit";
import { lossOf } from "./loss";
import { type Mutability, mutability, type Row } from "./mutability";

type Fields = Readonly<Record<string, unknown>>;

/** What is known beside the two specs. */
export interface PlanOptions {
  /**
   * The live asset: what is left out is taken at its worst.
   * @default - nothing
   */
  readonly facts?: AssetFacts;
  /** Tells values that are not known yet; they are passed over, and the question is asked again when they are known. */
  readonly isUnknown?: (value: unknown) => boolean;
  /**
   * Version of the server.
   * @default - the newest supported
   */
  readonly server?: string;
}

const refuses: Readonly<Record<Mutability, (from: unknown, to: unknown) => boolean>> = {
  update: () => false,
  never: () => true,
  unsafe: () => true,
  "one-way": (from) => from === true,
  removable: (_, to) => to !== undefined,
  retention: (from, to) => from === "workqueue" || to === "workqueue",
};

const REFUSED: Readonly<Partial<Record<Mutability, ChangeCode>>> = { "one-way": "OW101", unsafe: "IN101" };

const toStream: Readonly<Record<SpecKind, (spec: Fields) => Fields>> = {
  stream: (spec) => spec,
  consumer: (spec) => spec,
  "key-value bucket": (spec) => keyValueToStream(spec as unknown as KeyValueSpec) as unknown as Fields,
  "object store": (spec) => objectStoreToStream(spec as unknown as ObjectStoreSpec) as unknown as Fields,
};

/**
 * What an edit means, field by field, from one normal form to another. Pure; the same spec twice is no change. A field
 * that is changed without harm comes as `UP101`.
 */
export function planChange(
  kind: SpecKind,
  name: string,
  from: Fields,
  to: Fields,
  options: PlanOptions = {},
): Change[] {
  const { facts = {}, isUnknown = () => false, server } = options;
  const [old, next] = kind === "stream" ? withImplied(from, to) : [from, to];
  const edited = Object.keys(mutability[kind]).filter(
    (field) => !sameValue(old[field], next[field]) && !isUnknown(old[field]) && !isUnknown(next[field]),
  );
  if (edited.length === 0) return [];
  const known = (spec: Fields) =>
    toStream[kind](Object.fromEntries(Object.entries(spec).filter(([, value]) => !isUnknown(value))));
  const specs = { before: known(old), after: known(next) };
  return edited.flatMap((field) => {
    const edit: Edit = { kind, field, from: old[field], to: next[field], ...specs, facts, server: server ?? NEWEST };
    const consequences = judge(mutability[kind][field] as Row, edit, server);
    return consequences.map(({ code, detail }): Change => {
      const change = { code, kind, name, field, from: old[field], to: next[field] };
      return detail ? { ...change, detail } : change;
    });
  });
}

function judge(row: Row, edit: Edit, server: string | undefined): readonly Consequence[] {
  const tooOld = row.since !== undefined && server !== undefined && isOlder(server, row.since);
  if (tooOld)
    return [
      {
        code: "RC101",
        detail: { why: `needs nats-server ${row.since} or newer, the server runs ${server}`, version: row.since },
      },
    ];
  if (refuses[row.edit](edit.from, edit.to)) return [{ code: REFUSED[row.edit] ?? "RC101", detail: { why: row.says } }];
  const effects = row.effects.flatMap((effect) => effect(edit)).filter((found) => !isHarmless(found, edit));
  return effects.length > 0 ? effects : [{ code: "UP101" }];
}

// What cannot be lost is no danger: a stream that holds less than a new limit loses nothing by it.
function isHarmless(consequence: Consequence, edit: Edit): boolean {
  return lossOf({ ...consequence, to: edit.to }, edit.facts)?.most === 0;
}

// What other fields turn on (server/stream.go checkStreamCfgLocked): delete markers TTLs, a seal the refusals.
function impliedBy(stream: Fields): Fields {
  const markers = stream.subjectDeleteMarkerTtl ? { allowMsgTtl: true } : {};
  return stream.sealed === true ? { ...markers, denyDelete: true, denyPurge: true } : markers;
}

// Switches that were on count as on while something else implies them: turning them on so is no edit of their own.
function withImplied(old: Fields, next: Fields): [Fields, Fields] {
  const before: Fields = { ...old, ...impliedBy(old) };
  const kept = Object.entries(impliedBy(next)).filter(([field]) => before[field] === true);
  return [before, { ...next, ...Object.fromEntries(kept) }];
}
