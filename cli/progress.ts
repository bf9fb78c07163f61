import { EXIT } from "./exit-codes";
import type { Io } from "./io";

/** Runs a step; once it takes longer than a second, a terminal shows what is going on. */
export type Step = <T>(what: string | (() => string), run: () => Promise<T>, options?: StepOptions) => Promise<T>;

interface StepOptions {
  /** Ctrl-C ends the command; else whoever runs the step listens to it. @default true */
  readonly ends?: boolean;
}

/** Shows steps on standard error when it is a terminal. */
export function progress({ stderr }: Io, quiet: boolean): Step {
  if (quiet || !stderr.isTerminal) return (_, run) => run();
  return async (what, run, { ends = true } = {}) => {
    const started = Date.now();
    const show = () =>
      stderr.write(`\r${typeof what === "string" ? what : what()}: ${Math.round((Date.now() - started) / 1000)} s`);
    const clear = () => stderr.write("\r\u001b[2K");
    const ticking = setInterval(show, 1_000);
    const interrupted = () => clear().then(() => process.exit(EXIT.interrupted));
    if (ends) process.once("SIGINT", interrupted);
    try {
      return await run();
    } finally {
      clearInterval(ticking);
      process.off("SIGINT", interrupted);
      if (Date.now() - started >= 1_000) await clear();
    }
  };
}
