import { normalizeSpec } from "../../../model/normalize";
import type { SourceSpec } from "../../../model/stream-spec";
import { subjectsOverlap } from "../../../model/subjects";
import { type StreamAsset, subjectsOf } from "../../asset";
import { type Origin, originsOf } from "../../origins";
import type { StreamRule } from "../../rule";
import type { World } from "../../world";

/** Copies must not come back to where they were made. server/stream.go checkStreamCfg, "cycle check". */
export const copyCycle: StreamRule = {
  code: "SP205",
  severity: "error",
  on: "stream",
  says: "Sources and mirrors must not lead back to the stream. The server also refuses to source a stream both directly and through another of its sources, if it comes upon the indirect way first.",
  refusals: [{ code: 10052, text: "detected cycle" }],
  *find(stream, world) {
    const found = findCycle(stream, world);
    if (!found) return;
    yield {
      field: stream.spec.mirror ? "mirror" : "sources",
      value: found.origin,
      problem: describe(stream, found, world),
      remedy: "Remove one of the copies, or give the source a filter that no subject of its stream matches.",
    };
  },
};

/** A copy from a stream the walk has come through. */
interface Cycle {
  readonly at: StreamAsset;
  readonly origin: string;
}

/** A stream to visit for the first time; after it, until the next one of these, come streams that were visited before. */
interface Stop {
  readonly stream: StreamAsset;
  again?: Set<StreamAsset>;
}

// The server's own walk, so that its verdicts are these: breadth first, everything come through once counts, and a stream
// is queued once for each copy of it met before it is visited. Between two first visits nothing new counts as come
// through: there, visiting a stream once says what visiting it many times does.
function findCycle(start: StreamAsset, world: World): Cycle | undefined {
  const stops: Stop[] = [{ stream: start }];
  // By name: false while it is queued only.
  const visited = new Map<string, boolean>();

  function visit(stream: StreamAsset): Cycle | undefined {
    for (const origin of inOrder(stream)) {
      const { name } = origin.source;
      if (!visited.get(name)) queue(world.stream(name));
      else if (comesBack(stream, origin)) return { at: stream, origin: name };
    }
    return undefined;
  }

  function queue(stream: StreamAsset | undefined): void {
    if (!stream) return;
    const { name } = stream.spec;
    if (!visited.has(name)) {
      visited.set(name, false);
      stops.push({ stream });
      return;
    }
    const last = stops.at(-1) as Stop;
    last.again ??= new Set();
    last.again.add(stream);
  }

  // Stops are added on the way.
  for (const stop of stops) {
    visited.set(stop.stream.spec.name, true);
    let found = visit(stop.stream);
    for (const stream of stop.again ?? []) found ??= visit(stream);
    if (found) return found;
  }
  return undefined;
}

const ordered = new WeakMap<StreamAsset, readonly Origin[]>();

// Sources first, in the order they are sent, as the server goes through them.
function inOrder(stream: StreamAsset): readonly Origin[] {
  const known = ordered.get(stream);
  if (known) return known;
  const local = originsOf(stream).filter(({ source }) => !source.external);
  const isSource = ({ role }: Origin) => role === "source";
  const sent = normalizeSpec("stream", { sources: local.filter(isSource).map(({ source }) => source) });
  const sources = ((sent.sources ?? []) as SourceSpec[]).map(
    (source): Origin => ({ field: "sources", role: "source", source }),
  );
  const found = [...sources, ...local.filter((origin) => !isSource(origin))];
  ordered.set(stream, found);
  return found;
}

function comesBack(stream: StreamAsset, { role, source: { filterSubject: filter } }: Origin): boolean {
  if (role === "mirror" || !filter) return true;
  return (subjectsOf(stream) ?? []).some((subject) => subjectsOverlap(subject, filter));
}

function describe(start: StreamAsset, { at, origin }: Cycle, world: World): string {
  const s = start.spec.mirror ? "s" : "";
  const back = pathBetween(world.stream(origin) ?? start, at.spec.name, world);
  if (back) {
    const verb = back.includes(start.spec.name) ? `form${s}` : `lead${s} into`;
    return `${verb} a cycle: ${asCopies([...back, origin])}`;
  }
  const ways = [pathBetween(start, origin, world) ?? [], [...(pathBetween(start, at.spec.name, world) ?? []), origin]];
  return `lead${s} to ${origin} in two ways, which the server takes for a cycle: ${ways.map(asCopies).join("; ")}`;
}

function asCopies(path: readonly string[]): string {
  return path
    .slice(1)
    .map((origin, i) => `${path[i]} copies from ${origin}`)
    .join(", ");
}

// The shortest way along copies, both ends included.
function pathBetween(from: StreamAsset, to: string, world: World): string[] | undefined {
  const before = new Map<string, string | undefined>([[from.spec.name, undefined]]);
  for (const name of before.keys()) {
    if (name === to) return backFrom(to, before);
    const stream = name === from.spec.name ? from : world.stream(name);
    for (const { source } of stream ? inOrder(stream) : []) if (!before.has(source.name)) before.set(source.name, name);
  }
  return undefined;
}

function backFrom(to: string, before: ReadonlyMap<string, string | undefined>): string[] {
  const path: string[] = [];
  for (let name: string | undefined = to; name !== undefined; name = before.get(name)) path.unshift(name);
  return path;
}
