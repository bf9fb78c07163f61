/** What the engine prints of a violation. */
export interface Violation {
  readonly level: string;
  readonly rule: string;
  /** Name of the resource. */
  readonly resource: string;
  /** `CODE kind "NAME": field problem. Remedy.` */
  readonly message: string;
}

const VIOLATION = /^ +- \[(\w+)\](?: +\[severity: \w+\])? +(\S+) +\((?:[^:]\S*: )?(.*)\)\n +.+\n +(.+)$/gm;

/** The violations in what `pulumi preview`, `up` and `policy analyze` print, sorted. */
export function violationsIn(text: string): Violation[] {
  return [...text.matchAll(VIOLATION)]
    .map(([, level = "", rule = "", resource = "", message = ""]) => ({ level, rule, resource, message }))
    .sort((a, b) => (a.rule + a.message < b.rule + b.message ? -1 : 1));
}

/** The messages of one rule. */
export function messagesOf(text: string, rule: string): string[] {
  return violationsIn(text)
    .filter((one) => one.rule === rule)
    .map(({ message }) => message);
}
