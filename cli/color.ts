import { styleText } from "node:util";
import type { Io } from "./io";

/** How parts of a report look. */
export interface Paint {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly success: (text: string) => string;
  readonly place: (text: string) => string;
}

type Style = Parameters<typeof styleText>[0];

const plain = (text: string) => text;

export const noPaint: Paint = { error: plain, warning: plain, success: plain, place: plain };

// Whether to color is decided here, by the stream that is written to, not by the process's standard output.
const style = (format: Style) => (text: string) => styleText(format, text, { validateStream: false });

const colors: Paint = {
  error: style(["red", "bold"]),
  warning: style(["yellow", "bold"]),
  success: style("green"),
  place: style("underline"),
};

/** Colors on a terminal. `--no-color` and `NO_COLOR` turn them off, `FORCE_COLOR` turns them on elsewhere. */
export function paintFor({ env, stdout }: Io, wanted: boolean): Paint {
  if (!wanted || env.NO_COLOR) return noPaint;
  const forced = env.FORCE_COLOR;
  const on = forced === undefined ? stdout.isTerminal && env.TERM !== "dumb" : forced !== "0" && forced !== "false";
  return on ? colors : noPaint;
}
