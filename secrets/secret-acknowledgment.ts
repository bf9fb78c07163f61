import type { Finding } from "../model/finding";

/** Says that a step is meant although it is refused: `{ code: "EK107", reason: "volumes are new" }`. */
export interface SecretAcknowledgment {
  /** The code of the message that refuses the step, as its remedy says. Most cannot be accepted. */
  readonly code: string;
  /** Why this is right; it is kept where the program is kept. */
  readonly reason: string;
}

/** What only the user can decide: nobody knows what the servers run with, or consumers go but no message does. */
const ACCEPTABLE: ReadonlySet<string> = new Set(["EK107", "EK112"]);

/** Findings without those accepted; an acknowledgment of anything else, or without a reason, is a finding itself. */
export function withoutAccepted(
  name: string,
  findings: readonly Finding[],
  allow: readonly SecretAcknowledgment[],
): Finding[] {
  const accepted = new Set(allow.map(({ code }) => code).filter((code) => ACCEPTABLE.has(code)));
  return [
    ...findings.filter(({ code }) => !accepted.has(code)),
    ...allow.flatMap((given, i) => checkOne(name, given, i)),
  ];
}

function checkOne(name: string, { code, reason }: SecretAcknowledgment, i: number): Finding[] {
  const head = { code: "EK108", severity: "error", kind: "encryption key", name } as const;
  const known = [...ACCEPTABLE].join(", ");
  const wrongCode: Finding[] = ACCEPTABLE.has(String(code))
    ? []
    : [
        {
          ...head,
          field: `allow[${i}].code`,
          problem: `must be one of ${known}, got ${JSON.stringify(code)}`,
          remedy: "Everything else is refused because data would be lost: do the steps in their order.",
        },
      ];
  const noReason: Finding[] = String(reason ?? "").trim()
    ? []
    : [{ ...head, field: `allow[${i}].reason`, problem: "is missing", remedy: "Say why this is right." }];
  return [...wrongCode, ...noReason];
}
