import type { SpecKind } from "../model/finding";
import type { AssetFacts } from "./asset-facts";
import type { ChangeCode } from "./change";

type Fields = Readonly<Record<string, unknown>>;

/** One edited field with both whole specs around it. */
export interface Edit {
  readonly kind: SpecKind;
  readonly field: string;
  /** Normal form; `undefined` is not set. */
  readonly from: unknown;
  readonly to: unknown;
  /** The specs as the server has them: a bucket's is its stream's. */
  readonly before: Fields;
  readonly after: Fields;
  readonly facts: AssetFacts;
  /** Version of the server. */
  readonly server: string;
}

/** A consequence an effect found. */
export interface Consequence {
  readonly code: ChangeCode;
  readonly detail?: Fields;
}

/** What an edit of a field does; nothing where it does no harm. */
export type Effect = (edit: Edit) => readonly Consequence[];

export const none: readonly Consequence[] = [];
export const one = (code: ChangeCode, detail?: Fields): readonly Consequence[] => [
  detail ? { code, detail } : { code },
];
