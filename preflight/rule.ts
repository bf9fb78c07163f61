import type { Severity } from "../model/finding";
import type { ConsumerAsset, StreamAsset } from "./asset";
import type { World } from "./world";

/** A server's answer to what a rule finds: its error code and, where one code says many things, part of the text. */
export interface Refusal {
  readonly code: number;
  readonly text?: string;
}

/** What a rule found, in the words of the stream or consumer it judged. */
export interface Problem {
  readonly field: string;
  readonly value?: unknown;
  readonly problem: string;
  readonly remedy: string;
}

interface RuleHead {
  /** Stable code; one rule has one. */
  readonly code: string;
  readonly severity: Severity;
  /** What the rule holds, for the documentation. */
  readonly says: string;
  /** How a server refuses it; none for warnings. */
  readonly refusals: readonly Refusal[];
  /** First server version it holds for. */
  readonly since?: string;
  /** First server version it no longer holds for. */
  readonly until?: string;
  /** Needs the whole set: not judged while a program is still declaring assets. */
  readonly whole?: true;
}

/** Judges one stream, or the stream of a bucket, in its world. */
export interface StreamRule extends RuleHead {
  readonly on: "stream";
  readonly find: (stream: StreamAsset, world: World) => Iterable<Problem>;
}

/** Judges one consumer in its world. */
export interface ConsumerRule extends RuleHead {
  readonly on: "consumer";
  readonly find: (consumer: ConsumerAsset, world: World) => Iterable<Problem>;
}

export type Rule = StreamRule | ConsumerRule;
