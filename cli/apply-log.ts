import type { Applied } from "../provider/apply/run-steps";
import { wordOf } from "./formats/apply-text";
import { printable } from "./formats/printable";
import type { Io } from "./io";

/** How far a run is, for whoever watches it. */
export interface ApplyLog {
  /** As a terminal shows it. */
  readonly now: () => string;
  readonly onDone: (applied: Applied) => void;
}

/**
 * Counts what is done. Where standard error is no terminal, as in CI or a pod, each asset has a line there as soon as it is
 * done: the report comes at the end only.
 */
export function applyLog(count: number, server: string, { stderr }: Io, quiet: boolean): ApplyLog {
  const lines = quiet || stderr.isTerminal ? undefined : stderr;
  let done = 0;
  if (count > 0) void lines?.write(`applying ${count} ${count === 1 ? "change" : "changes"} to ${server}\n`);
  return {
    now: () => `applying ${done} of ${count}`,
    onDone: (applied) => {
      done += 1;
      const { kind, name } = applied.step;
      void lines?.write(`${done}/${count} ${wordOf(applied)} ${kind} ${printable(JSON.stringify(name))}\n`);
    },
  };
}
