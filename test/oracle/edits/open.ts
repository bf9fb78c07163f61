import { isOlder } from "../../../model/version";
import type { EditCase } from "./edit-case";

interface Open {
  readonly why: string;
  readonly is: (one: EditCase, version: string) => boolean;
}

const setsPerSubject = ({ before, after }: EditCase) =>
  after.maxMsgsPerSubject !== undefined && before.maxMsgsPerSubject === undefined;

/** Where plan and server are known to differ, until the plan is corrected. */
const OPEN: readonly Open[] = [
  {
    why: "a bucket's history that is not set is 1",
    is: ({ kind, before, after }) =>
      kind === "key-value bucket" && Number(before.history ?? 1) > Number(after.history ?? 1),
  },
  {
    why: "what a new source copies pushes out what a bucket holds",
    is: ({ kind, after }) => kind === "key-value bucket" && after.sources !== undefined,
  },
  {
    why: "a stream that turns to interest keeps what nobody has asked for",
    is: ({ before, after }, version) => after.retention === "interest" && before.retention === undefined,
  },
  {
    why: "older servers do not enforce a new limit by subject at once",
    is: (one, version) => setsPerSubject(one) && isOlder(version, "2.15.0"),
  },
  {
    why: "delete markers are refused where purges are denied",
    is: ({ before, after }) => before.denyPurge === true && after.subjectDeleteMarkerTtl !== undefined,
  },
  {
    why: "older servers compare consumers with a limit that is not set",
    is: ({ after }, version) => after.consumerLimits !== undefined && isOlder(version, "2.12.0"),
  },
  {
    why: "a new source of a stream without its first messages starts now",
    is: ({ before, field }) => field === "sources" && before.maxMsgs === 10,
  },
];

export function isOpen(one: EditCase, version: string): boolean {
  return OPEN.some(({ is }) => is(one, version));
}
