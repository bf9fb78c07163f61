/** Where something stands in a text, counted from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** A text that is no configuration of a server. */
export class ConfError extends Error {
  constructor(
    readonly problem: string,
    readonly at: TextPlace,
  ) {
    super(problem);
  }
}

/** Walks through the text of a configuration. */
export interface ConfText {
  /** The sign that is next; empty at the end. */
  readonly peek: () => string;
  readonly take: () => string;
  /** Takes what a pattern, which is sticky, matches here. */
  readonly match: (pattern: RegExp) => string | undefined;
  /** Passes over white space, comments, and the signs named. */
  readonly skip: (more?: string) => void;
  readonly place: () => TextPlace;
  readonly fail: (problem: string) => never;
}

/** Begins at the first sign of a text. */
export function confTextOf(text: string): ConfText {
  let at = 0;
  let [line, start, counted] = [1, 0, 0];
  const place = (): TextPlace => {
    for (; counted < at; counted++)
      if (text.charAt(counted) === "\n") {
        line += 1;
        start = counted + 1;
      }
    return { line, column: at - start + 1 };
  };
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const [found] = pattern.exec(text) ?? [];
    if (found !== undefined) at += found.length;
    return found;
  };
  return {
    peek: () => text.charAt(at),
    take: () => text.charAt(at++),
    match,
    skip(more = "") {
      for (;;) {
        if (match(/(\s+|#[^\n]*|\/\/[^\n]*)/y) !== undefined) continue;
        if (at < text.length && more.includes(text.charAt(at))) at += 1;
        else return;
      }
    },
    place,
    fail(problem) {
      throw new ConfError(problem, place());
    },
  };
}
