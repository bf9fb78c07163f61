import { EXIT } from "./exit-codes";
import type { Io } from "./io";

/** Runs a step; once it takes longer than a second, a terminal shows what is going on. */
export type Step = <T>(what: string, run: () => Promise<T>) => Promise<T>;

/** Shows steps on standard error when it is a terminal. */
export function progress({ stderr }: Io, quiet: boolean): Step {
  if (quiet || !stderr.isTerminal) return (_, run) => run();
  return async (what, run) => {
    const started = Date.now();
    const show = () => stderr.write(`\r${what}: ${Math.round((Date.now() - started) / 1000)} s`);
    const clear = () => stderr.write("\r\u001b[2K");
    const ticking = setInterval(show, 1_000);
    const interrupted = () => clear().then(() => process.exit(EXIT.interrupted));
    process.once("SIGINT", interrupted);
    try {
      return await run();
    } finally {
      clearInterval(ticking);
      process.off("SIGINT", interrupted);
      if (Date.now() - started >= 1_000) await clear();
    }
  };
}
