import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { isSubsetOf, subjectsOverlap } from "../../model/subjects";
import { type ImportKind, type SoundImport, soundImports } from "./sound-imports";

/** An import as the server compares it: what it is called here, and what there. */
interface Edge {
  readonly account: string;
  readonly from: string;
  readonly subjectThere: string;
  readonly subjectHere: string;
}

/** The path of the first import that leads back to where it is, as the server finds it adding one after the other. */
export function importCycle(spec: ClusterSpec): string | undefined {
  const imports = soundImports(spec);
  return firstCycle(spec, imports, "stream") ?? firstCycle(spec, imports, "service");
}

function firstCycle(spec: ClusterSpec, imports: readonly SoundImport[], kind: ImportKind): string | undefined {
  const added: Edge[] = [];
  for (const one of imports.filter((candidate) => candidate.kind === kind)) {
    const edge = edgeOf(one);
    const asked = kind === "stream" ? [edge.subjectHere, edge.subjectThere] : [edge.subjectHere];
    if (asked.some((subject) => leadsBack(spec, kind, added, edge.from, subject, new Set([edge.account]))))
      return one.path;
    added.push(edge);
  }
  return undefined;
}

function edgeOf({ account, origin, value }: SoundImport): Edge {
  const { prefix, to = origin.subject } = value;
  const subjectHere = value.stream && prefix ? `${prefix}.${origin.subject}` : to;
  return { account, from: origin.account, subjectThere: origin.subject, subjectHere: untokenized(subjectHere) };
}

// A stream is followed by what it is called here, a service by what it is called there.
function leadsBack(
  spec: ClusterSpec,
  kind: ImportKind,
  added: readonly Edge[],
  account: string,
  subject: string,
  visited: Set<string>,
): boolean {
  if (kind === "stream" && !exportsSome(spec, account, subject)) return false;
  for (const edge of added.filter((candidate) => candidate.account === account)) {
    const [key, other] =
      kind === "stream" ? [edge.subjectHere, edge.subjectHere] : [edge.subjectThere, edge.subjectHere];
    if (!subjectsOverlap(subject, key)) continue;
    if (visited.has(edge.from)) return true;
    visited.add(account);
    const next = isSubsetOf(other, subject) ? other : subject;
    if (leadsBack(spec, kind, added, edge.from, next, visited)) return true;
  }
  return false;
}

function exportsSome({ accounts = {} }: ClusterSpec, account: string, subject: string): boolean {
  const streams = (accounts[account]?.exports ?? []).flatMap(({ stream }) => (stream ? [stream] : []));
  return streams.some((exported) => isSubsetOf(subject, exported));
}

function untokenized(subject: string): string {
  return subject
    .split(".")
    .map((token) => (/^\$[1-9]|^\{\{\s*[wW]ildcard\s*\(.+\)\s*\}\}$/.test(token) ? "*" : token))
    .join(".");
}
