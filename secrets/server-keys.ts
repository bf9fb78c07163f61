import type { Finding } from "../model/finding";
import { isUnknownRunning, type RunningKeys, type RunningServer } from "./running-keys";
import { type SecretAcknowledgment, withoutAccepted } from "./secret-acknowledgment";

/** Ids of the keys servers are to be started with; none at all for servers without encryption. */
export interface ServerKeys {
  readonly key?: string;
  readonly previousKey?: string;
}

/**
 * How servers come up with the keys: one server outside any cluster, or servers of a cluster, with what they stored; or
 * servers of a cluster one after another with an empty store each, which the others fill again.
 */
export type Restart = "standalone" | "clustered" | "refilled";

export interface ServerKeysOptions {
  /** Name of the cluster, for messages. */
  readonly name: string;
  readonly restart: Restart;
  /** Findings that are meant. @default - none */
  readonly allow?: readonly SecretAcknowledgment[];
}

/**
 * Whether servers can be started with these keys, given what each of them runs with now. `running` has every server that
 * has stored anything; a cluster that does not exist yet has none.
 */
export function judgeServerKeys(
  wanted: ServerKeys,
  running: RunningKeys,
  { name, restart, allow = [] }: ServerKeysOptions,
): Finding[] {
  const findings = isUnknownRunning(running)
    ? [unknown(name, running.unknown)]
    : running.flatMap((server) => judgeOne(wanted, server, restart));
  return withoutAccepted(name, findings, allow);
}

function judgeOne(wanted: ServerKeys, { server, key }: RunningServer, restart: Restart): Finding[] {
  // A server encrypts what it stored in the clear when it starts with a key.
  if (key === undefined || key === wanted.key || restart === "refilled") return [];
  if (wanted.key === undefined)
    return [
      finding(
        "EK111",
        server,
        "key",
        `cannot be left out: it stores with key ${key}, and would not open it without`,
        "Keep the encryption. To be rid of it, copy the streams to a cluster without it.",
      ),
    ];
  if (key !== wanted.previousKey)
    return [
      finding(
        "EK110",
        server,
        "key",
        `is ${key} where the server runs, and would be ${wanted.key}${wanted.previousKey ? ` with ${wanted.previousKey} before it` : ""}: it would not open what it stored`,
        "Start it with the key it has, alone or as the previous one.",
      ),
    ];
  return [changesOwn(server, key, restart)];
}

// What nats-server 2.10 to 2.15 really do with a previous key: test/integration/encryption.test.ts.
function changesOwn(server: string, key: string, restart: "standalone" | "clustered"): Finding {
  if (restart === "standalone")
    return finding(
      "EK112",
      server,
      "previousKey",
      `${key} opens its streams, but not the durable consumers on them: they would be gone (the server says "error creating store for consumer")`,
      'Back up the streams and restore them into an empty store with the new key. Or create the consumers again, and accept with allow: [{ code: "EK112", reason: "…" }].',
    );
  return finding(
    "EK113",
    server,
    "previousKey",
    `${key} opens its streams, but not the log the servers share: it would not start (the server says "Can't start JetStream: chacha20poly1305: message authentication failed")`,
    "Bring servers to the new key one after another, each with an empty store that the others fill again: docs/keys.md.",
  );
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

function finding(code: string, server: string, field: string, problem: string, remedy: string): Finding {
  return { code, severity: "error", kind: "server", name: server, field, problem, remedy };
}
