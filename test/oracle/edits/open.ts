import { isOlder } from "../../../model/version";
import type { EditCase } from "./edit-case";

interface Open {
  readonly why: string;
  readonly is: (one: EditCase, version: string) => boolean;
}

/** Where plan and server are known to differ, until the plan is corrected. */
const OPEN: readonly Open[] = [
  {
    why: "older servers keep everything when a stream without consumers turns to interest, or count too much as pending",
    is: ({ before, after }, version) =>
      after.retention === "interest" && before.retention === undefined && isOlder(version, "2.15.0"),
  },
  {
    why: "older servers do not enforce a limit by subject at once where there was none",
    is: ({ before, after }, version) =>
      after.maxMsgsPerSubject !== undefined && before.maxMsgsPerSubject === undefined && isOlder(version, "2.12.0"),
  },
  {
    why: "older servers compare consumers with a limit that is not set",
    is: ({ after }, version) => after.consumerLimits !== undefined && isOlder(version, "2.12.0"),
  },
  {
    why: "a new source of a stream without its first messages starts now, not at its own start",
    is: ({ before, field }) => field === "sources" && before.maxMsgs === 10,
  },
  {
    why: "what a mirror may answer directly is not turned off by leaving it out",
    is: ({ before, after, kind }) =>
      kind === "stream" && before.mirrorDirect === true && after.mirrorDirect === undefined,
  },
  {
    why: "refusing by subject no longer counts limits that go on refusing",
    is: ({ before, after }) =>
      before.discardNewPerSubject === true && after.discardNewPerSubject === undefined && after.discard === "new",
  },
];

export function isOpen(one: EditCase, version: string): boolean {
  return OPEN.some(({ is }) => is(one, version));
}
