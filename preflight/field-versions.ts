import type { Finding, SpecKind } from "../model/finding";
import { isOlder } from "../model/version";
import { isObject } from "../model/walk";

type Version = `${number}.${number}.${number}`;
/** First server version of a field, or of single values of it. */
type Since = Version | Readonly<Record<string, Version>>;

// Newer than 2.10.0, the oldest supported server. Derived by comparing the config structs of released servers.
const streamSince: Readonly<Record<string, Since>> = {
  allowMsgTtl: "2.11.0",
  subjectDeleteMarkerTtl: "2.11.0",
  allowMsgCounter: "2.12.0",
  allowAtomic: "2.12.0",
  allowMsgSchedules: "2.12.0",
  persistMode: "2.12.0",
  allowBatched: "2.14.0",
  "sources.consumer": "2.14.0",
  "mirror.consumer": "2.14.0",
};

export const fieldVersions: Readonly<Record<SpecKind, Readonly<Record<string, Since>>>> = {
  stream: streamSince,
  consumer: {
    pauseUntil: "2.11.0",
    priorityGroups: "2.11.0",
    priorityPolicy: { overflow: "2.11.0", pinned_client: "2.11.0", prioritized: "2.12.0" },
    priorityTimeout: "2.11.0",
    ackPolicy: { flow_control: "2.14.0" },
  },
  "key-value bucket": {
    limitMarkerTtl: "2.11.0",
    "sources.consumer": "2.14.0",
    "mirror.consumer": "2.14.0",
  },
  "object store": { allowBatched: "2.14.0" },
};

/** Fields a server does not know: 2.12 and newer refuse them, older ones drop them silently. Takes a normal form. */
export function checkFieldVersions(kind: SpecKind, name: string, spec: object, server: string): Finding[] {
  return Object.entries(fieldVersions[kind]).flatMap(([path, since]) => {
    const value = used(spec, path.split("."));
    const first = typeof since === "string" ? since : firstOf(since, value);
    if (value === undefined || first === undefined || !isOlder(server, first)) return [];
    const problem = `needs nats-server ${first} or newer, the server runs ${server}`;
    return [
      {
        code: "SV101",
        severity: "error",
        kind,
        name,
        field: path,
        problem,
        remedy: "Upgrade the servers, or remove the field.",
      },
    ];
  });
}

function firstOf(since: Readonly<Record<string, Version>>, value: unknown): Version | undefined {
  return typeof value === "string" && Object.hasOwn(since, value) ? since[value] : undefined;
}

function used(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => used(item, [key, ...rest])).find((found) => found !== undefined);
  return isObject(value) ? used(value[key], rest) : undefined;
}
