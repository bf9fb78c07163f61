import { DEFAULT_WINDOW } from "../../model/defaults";
import { parseDuration } from "../../model/units";
import { bytes, duration, flag, int, int64, labels, list, text, words } from "./forms";
import { cannotSay, type Row } from "./row";
import { BESIDE, consumerLimits, placement, republish, source, transform } from "./source-rows";

type Fields = Readonly<Record<string, unknown>>;

const same = (...names: readonly string[]) => words(Object.fromEntries(names.map((name) => [name, name])));
const whenSealed = (spec: Fields) => spec.sealed === true || undefined;
const withMarkers = (spec: Fields) => spec.subjectDeleteMarkerTtl !== undefined || undefined;

/**
 * Fields of a stream, in NACK's order. `maxAge`, `storage` and whatever NACK takes otherwise is always written; zeros and
 * empty lists never are: the controller drops them from the object, and whoever applies it would put them back for ever.
 */
export const streamRows: readonly Row[] = [
  { field: "name", nack: "name", form: text },
  { field: "description", nack: "description", form: text },
  {
    field: "subjects",
    nack: "subjects",
    form: list(text),
    unset: ({ name, mirror, sources }: Fields) => (mirror || sources ? undefined : [name]),
  },
  { field: "retention", nack: "retention", form: same("limits", "interest", "workqueue"), unset: "limits" },
  { field: "maxConsumers", nack: "maxConsumers", form: int, unset: -1 },
  { field: "maxMsgs", nack: "maxMsgs", form: int64, unset: -1 },
  { field: "maxBytes", nack: "maxBytes", form: bytes, unset: -1 },
  {
    field: "discard",
    nack: "discard",
    form: same("old", "new"),
    unset: (spec: Fields) => (spec.sealed ? "new" : "old"),
  },
  { field: "discardNewPerSubject", nack: "discardPerSubject", form: flag },
  // NACK's library gives a stream that says none an age of one year.
  { field: "maxAge", nack: "maxAge", form: duration, unset: "0s", assumed: "8760h" },
  { field: "maxMsgsPerSubject", nack: "maxMsgsPerSubject", form: int64, unset: -1 },
  { field: "maxMsgSize", nack: "maxMsgSize", form: bytes, unset: -1 },
  { field: "storage", nack: "storage", form: same("file", "memory"), unset: "file", assumed: "memory" },
  { field: "replicas", nack: "replicas", form: int, unset: 1 },
  { field: "noAck", nack: "noAck", form: flag },
  { field: "duplicateWindow", nack: "duplicateWindow", form: duration, unset: impliedWindow },
  { field: "placement", nack: "placement", form: placement },
  { field: "mirror", nack: "mirror", form: source },
  { field: "sources", nack: "sources", form: list(source) },
  { field: "compression", nack: "compression", form: same("none", "s2"), unset: "none" },
  { field: "subjectTransform", nack: "subjectTransform", form: transform },
  { field: "republish", nack: "republish", form: republish },
  { field: "sealed", nack: "sealed", form: flag },
  { field: "denyDelete", nack: "denyDelete", form: flag, unset: whenSealed },
  { field: "denyPurge", nack: "denyPurge", form: flag, unset: whenSealed },
  { field: "allowDirect", nack: "allowDirect", form: flag },
  {
    field: "allowRollupHdrs",
    nack: "allowRollup",
    form: flag,
    unset: (spec: Fields) => withMarkers(spec) ?? (spec.allowMsgSchedules === true || undefined),
  },
  { field: "mirrorDirect", nack: "mirrorDirect", form: flag },
  { field: "firstSeq", nack: "firstSequence", form: int64 },
  {
    field: "consumerLimits",
    nack: "consumerLimits",
    form: consumerLimits,
    unset: { inactiveThreshold: "0s" },
  },
  { field: "allowMsgTtl", nack: "allowMsgTtl", form: flag, unset: withMarkers },
  { field: "subjectDeleteMarkerTtl", nack: "subjectDeleteMarkerTtl", form: duration, unset: "0s" },
  { field: "allowMsgCounter", nack: "allowMsgCounter", form: flag },
  { field: "allowAtomic", nack: "allowAtomicPublish", form: flag },
  { field: "allowMsgSchedules", nack: "allowMsgSchedules", form: flag },
  { field: "persistMode", nack: "persistMode", form: same("default", "async") },
  { field: "metadata", nack: "metadata", form: labels },
  cannotSay("allowBatched", BESIDE),
];

/**
 * The window of a stream that says none, as NACK has to ask for it: servers that are asked strictly refuse to shorten it to
 * `maxAge` themselves.
 */
export function impliedWindow({ maxAge, mirror, sources }: Fields): string {
  const age = parseDuration(maxAge) ?? 0n;
  const window = parseDuration(DEFAULT_WINDOW) ?? 0n;
  if (mirror || sources || age === 0n || age >= window) return "0s";
  return duration.write(maxAge, "maxAge", () => {}) as string;
}
