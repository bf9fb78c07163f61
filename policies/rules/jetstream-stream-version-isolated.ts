import { subjectsOf, unlessHidden } from "../../preflight/asset";
import { show } from "../../preflight/values";
import { defineRule, type Found } from "../rule";
import { isOwnOfServer, type VersionReader, versionOptions, versionReader } from "../subject-version";

/** A stream and its subjects are of one major version. */
export const streamVersionIsolated = defineRule({
  id: "jetstream-stream-version-isolated",
  title: "A stream covers one major version, which its name and every subject carry",
  severity: "medium",
  levels: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  why: "A new major version changes what messages mean. In a stream of its own it is kept, replayed and retired without the old one; in a shared stream every reader has to know both, and neither can go. Streams that take only subjects of the server's own, which begin with $, need no version. A subject with a wildcard where its version would be is judged by jetstream-subject-version-disjoint.",
  fix: "Carry one version in the name and in every subject, as INGEST_RAW_V1 and ingest.v1.raw do.",
  topics: ["naming", "versions"],
  options: versionOptions,
  on: "stream",
  kinds: ["stream"],
  example: {
    fails: { streams: { INGEST_RAW_V1: { subjects: ["ingest.v1.raw", "ingest.v2.raw"] } } },
    passes: {
      streams: { INGEST_RAW_V1: { subjects: ["ingest.v1.raw"] }, INGEST_RAW_V2: { subjects: ["ingest.v2.raw"] } },
    },
  },
  *find(stream, options) {
    const subjects = subjectsOf(stream);
    if (!subjects || (subjects.length > 0 && subjects.every(isOwnOfServer))) return;
    const reader = versionReader(options);
    const name = unlessHidden(() => stream.spec.name);
    const version = name === undefined ? undefined : reader.ofName(name);
    if (name !== undefined && version === undefined)
      yield {
        field: "name",
        value: name,
        problem: `${show(name)} carries no version`,
        remedy:
          "Name it as in INGEST_RAW_V1. A stream cannot be renamed: create one with the new name that has this one as a source, move its readers, then retire this one.",
      };
    // A stream that says no subjects takes its name, which is judged already.
    const own = subjects.filter((subject) => !isOwnOfServer(subject) && subject !== name);
    yield* judgeSubjects(own, version, reader, options.place);
  },
});

function* judgeSubjects(
  subjects: readonly string[],
  version: string | undefined,
  { ofSubject }: VersionReader,
  place: number,
): Iterable<Found> {
  const seen = new Set<string>();
  for (const subject of subjects) {
    const { versions, spans } = ofSubject(subject);
    for (const one of versions) seen.add(one);
    if (spans) continue;
    const at = place === 0 ? "" : ` as token ${place}`;
    if (versions.length === 0) yield about(subject, `${show(subject)} carries no version${at}`);
    else if (version !== undefined && versions.some((one) => one !== version))
      yield about(subject, `${show(subject)} is of ${listOf(versions)}, the name of version ${version}`);
  }
  if (version === undefined && seen.size > 1)
    yield { field: "subjects", problem: `are of ${listOf([...seen])}`, remedy: "Give each version a stream." };
}

const about = (subject: string, problem: string): Found => ({ field: "subjects", value: subject, problem });

function listOf(versions: readonly string[]): string {
  return `version${versions.length === 1 ? "" : "s"} ${versions.join(" and ")}`;
}
