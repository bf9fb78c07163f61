import type { Asset, Fields } from "./asset";

// From the configuration structs of the released servers; a value where not the field but that value is newer.
const SINCE: readonly (readonly [path: string, minor: number, value?: string])[] = [
  ["allowMsgTtl", 11],
  ["subjectDeleteMarkerTtl", 11],
  ["limitMarkerTtl", 11],
  ["pauseUntil", 11],
  ["priorityGroups", 11],
  ["priorityPolicy", 11],
  ["priorityTimeout", 11],
  ["priorityPolicy", 12, "prioritized"],
  ["allowMsgCounter", 12],
  ["allowAtomic", 12],
  ["allowMsgSchedules", 12],
  ["persistMode", 12],
  ["allowBatched", 14],
  ["ackPolicy", 14, "flow_control"],
  ["consumer", 14],
];

/** The asset without what a server of this version does not know. */
export function withoutNewer({ kind, spec }: Asset, version: string): Asset {
  const minor = Number(version.split(".")[1]);
  const older = SINCE.filter(([, since]) => since > minor);
  return older.length === 0 ? { kind, spec } : { kind, spec: stripped(spec, older) };
}

function stripped(fields: Fields, newer: typeof SINCE): Fields {
  const kept = Object.entries(fields).filter(
    ([key, value]) => !newer.some(([path, , only]) => path === key && (only === undefined || only === value)),
  );
  const inner = kept.map(([key, value]) => [key, within(key, value, newer)] as const);
  return "ackPolicy" in fields ? { ackPolicy: "explicit", ...Object.fromEntries(inner) } : Object.fromEntries(inner);
}

function within(key: string, value: unknown, newer: typeof SINCE): unknown {
  if (key === "mirror") return stripped(value as Fields, newer);
  return key === "sources" ? (value as Fields[]).map((source) => stripped(source, newer)) : value;
}
