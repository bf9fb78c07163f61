import type { Finding } from "../model/finding";
import { isUnknownRunning, type RunningKeys, type RunningServer } from "./running-keys";
import { acceptUnknown, type SecretAcknowledgment } from "./secret-acknowledgment";

/** Ids of the keys servers are to be started with; none at all for servers without encryption. */
export interface ServerKeys {
  readonly key?: string;
  readonly previousKey?: string;
}

/**
 * Whether servers can be started with these keys, given what each of them runs with now: one whose key is neither of the
 * two would not open what it stored. `running` has every server that has stored anything; a cluster that does not exist
 * yet has none.
 */
export function judgeServerKeys(
  wanted: ServerKeys,
  running: RunningKeys,
  { name, allow = [] }: { readonly name: string; readonly allow?: readonly SecretAcknowledgment[] },
): Finding[] {
  const findings = isUnknownRunning(running)
    ? [unknown(name, running.unknown)]
    : running.flatMap((server) => judgeOne(name, wanted, server));
  return acceptUnknown(name, findings, allow);
}

function judgeOne(name: string, wanted: ServerKeys, { server, key }: RunningServer): Finding[] {
  // What is stored in the clear is encrypted when the server starts.
  if (key === undefined || key === wanted.key || key === wanted.previousKey) return [];
  const head = { severity: "error", kind: "encryption key", name } as const;
  if (wanted.key === undefined)
    return [
      {
        ...head,
        code: "EK111",
        field: "key",
        problem: `cannot be left out: server "${server}" stores with key ${key}, and would not open it without`,
        remedy: "Keep the encryption. To be rid of it, copy the streams to a cluster without it.",
      },
    ];
  return [
    {
      ...head,
      code: "EK110",
      field: "key",
      problem: `server "${server}" runs with key ${key}, and would get ${wanted.key} ${wanted.previousKey ? `and ${wanted.previousKey}` : "alone"}: it would not open what it stored`,
      remedy: "Give it as previousKey until every server was restarted, and drop it then.",
    },
  ];
}

function unknown(name: string, reason: string): Finding {
  return {
    code: "EK107",
    severity: "error",
    kind: "encryption key",
    name,
    field: "key",
    problem: `cannot be judged: it is not known what the servers run with (${reason})`,
    remedy:
      'Start the servers that are missing with the keys they had. Or look yourself, and accept with allow: [{ code: "EK107", reason: "…" }].',
  };
}
