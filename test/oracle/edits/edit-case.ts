import type { SpecKind } from "../../../model/finding";

export type Fields = Readonly<Record<string, unknown>>;

/** How far clients are with a consumer: the first messages were delivered, and the first of those acknowledged. */
export interface Position {
  readonly delivered: number;
  readonly acked: number;
}

/** A consumer that is there when something else is edited. */
export interface Beside extends Position {
  readonly name: string;
  readonly spec?: Fields;
}

/** One edit to try on a live asset. Specs have no name, and subjects below `in.`: every asset has its own. */
export interface EditCase {
  readonly kind: SpecKind;
  /** What the case is about; a field, or several. */
  readonly field: string;
  readonly title: string;
  readonly before: Fields;
  readonly after: Fields;
  /** How it is made and filled, where `before` comes by an update after that. */
  readonly grown?: Fields;
  /**
   * Messages published before the edit, over four subjects and of different sizes.
   * @default 20
   */
  readonly messages?: number;
  /** The first half of the messages was stored some seconds before the second. */
  readonly aged?: boolean;
  /** Consumers of the stream, besides the one that is edited. */
  readonly consumers?: readonly Beside[];
  /** A consumer's stream. */
  readonly stream?: Fields;
  /** How far the edited consumer is. */
  readonly position?: Position;
  /** Clients listen on the edited push consumer's deliver subject. */
  readonly bound?: boolean;
  /** Messages a mirror or source has copied before the edit, and copies because of it. */
  readonly copied?: number;
  readonly adds?: number;
  /** Needs three servers. */
  readonly cluster?: boolean;
}

type Rest = Partial<Omit<EditCase, "kind" | "field" | "before" | "after">>;

/** One edit and its way back. */
export function bothWays(kind: SpecKind, field: string, a: Fields, b: Fields, rest: Rest = {}): EditCase[] {
  return [oneWay(kind, field, a, b, rest), oneWay(kind, field, b, a, rest)];
}

/** One edit, with a title made of what differs. */
export function oneWay(kind: SpecKind, field: string, before: Fields, after: Fields, rest: Rest = {}): EditCase {
  const { title, ...options } = rest;
  const edit = `${show(before)} -> ${show(after)}`;
  return { kind, field, before, after, title: title ? `${title}: ${edit}` : edit, ...options };
}

const show = (spec: Fields) => JSON.stringify(spec);
