import { type StreamAsset, subjectsOf, unlessHidden } from "../../preflight/asset";
import { type SubjectTrie, subjectTrie } from "../../preflight/subject-trie";
import { show } from "../../preflight/values";
import { defineRule, type FoundAbout } from "../rule";
import { isOwnOfServer, type VersionReader, versionOptions, versionReader } from "../subject-version";
import type { Account } from "../system";

/** No message belongs to two versions. */
export const subjectVersionDisjoint = defineRule({
  id: "jetstream-subject-version-disjoint",
  title: "No subject takes messages of two versions",
  severity: "high",
  levels: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  why: "A wildcard in place of the version takes messages of versions nobody has thought of yet: the stream that is to keep them is refused when it is created, for its subjects overlap, and readers of the old one get messages they cannot read.",
  fix: "Write the version out, as in ingest.v1.>, and give each version a stream.",
  topics: ["naming", "versions"],
  options: versionOptions,
  on: "account",
  example: {
    fails: { streams: { INGEST_V1: { subjects: ["ingest.*.raw"] } } },
    passes: { streams: { INGEST_V1: { subjects: ["ingest.v1.*"] }, INGEST_V2: { subjects: ["ingest.v2.*"] } } },
  },
  *find(account, options) {
    const reader = versionReader(options);
    const claims = claimsOf(account, reader);
    const kept = subjectTrie<Claim>();
    const said = new Set<string>();
    for (const claim of claims.filter(({ spans }) => !spans)) {
      yield* shared(claim, kept);
      // Claims of one subject and version stand for each other: however many there are, one is compared.
      const key = `${claim.subject} ${claim.versions}`;
      if (!said.has(key)) kept.add(claim.subject, claim);
      said.add(key);
    }
    for (const claim of claims.filter(({ spans }) => spans)) yield* spanning(claim, kept);
  },
});

/** A subject, and what versions it is of by itself and by the name of its stream. */
interface Claim {
  readonly stream: StreamAsset;
  readonly subject: string;
  readonly versions: string;
  readonly spans: boolean;
}

// What only exists comes first: of two that collide the declared one is reported, the later one of two declared.
function claimsOf({ streams }: Account, reader: VersionReader): Claim[] {
  const own = streams.filter(({ kind }) => kind === "stream");
  return [...own.filter(({ declared }) => !declared), ...own.filter(({ declared }) => declared)].flatMap((stream) => {
    const name = unlessHidden(() => stream.spec.name);
    const subjects = subjectsOf(stream) ?? [];
    return subjects
      .filter((subject) => !isOwnOfServer(subject))
      .map((subject) => claimOf(stream, subject, name === undefined ? undefined : reader.ofName(name), reader));
  });
}

function claimOf(
  stream: StreamAsset,
  subject: string,
  ofName: string | undefined,
  { ofSubject }: VersionReader,
): Claim {
  const { versions, spans } = ofSubject(subject);
  const all = new Set(ofName === undefined ? versions : [...versions, ofName]);
  return { stream, subject, spans, versions: [...all].sort().join(" and ") };
}

function* shared({ stream, subject, versions }: Claim, kept: SubjectTrie<Claim>): Iterable<FoundAbout> {
  if (!stream.declared) return;
  for (const { subject: theirs, owner } of kept.overlapping(subject)) {
    if (owner.stream === stream || owner.versions === versions) continue;
    const problem = `${show(subject)}${ofVersions(versions)} shares messages with ${show(theirs)} of stream "${owner.stream.name}"${ofVersions(owner.versions)}`;
    const remedy = "Give each version subjects of its own, with the version in the same place.";
    yield { about: stream, field: "subjects", value: subject, problem, remedy };
    return;
  }
}

function* spanning({ stream, subject }: Claim, kept: SubjectTrie<Claim>): Iterable<FoundAbout> {
  if (!stream.declared) return;
  const problem = `${show(subject)} takes every version${exampleOf(stream, subject, kept)}`;
  yield { about: stream, field: "subjects", value: subject, problem };
}

function exampleOf(stream: StreamAsset, subject: string, kept: SubjectTrie<Claim>): string {
  for (const { subject: theirs, owner } of kept.overlapping(subject))
    if (owner.stream !== stream) return `, such as ${show(theirs)} of stream "${owner.stream.name}"`;
  return "";
}

function ofVersions(versions: string): string {
  if (versions === "") return "";
  return ` of version${versions.includes(" ") ? "s" : ""} ${versions}`;
}
