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
    const path = findCycle(stream, world);
    if (!path) return;
    yield {
      field: stream.spec.mirror ? "mirror" : "sources",
      value: path.origin,
      problem: `the server finds a cycle: ${path.at} copies from ${path.origin}, which it has come through`,
      remedy: "Remove one of the copies, or give the source a filter that no subject of its stream matches.",
    };
  },
};

// The server's own walk, so that its verdicts are these: breadth first, everything come through once counts.
function findCycle(start: StreamAsset, world: World): { at: string; origin: string } | undefined {
  const queue: StreamAsset[] = [start];
  const visited = new Set<string>();
  for (let stream = queue.shift(); stream; stream = queue.shift()) {
    const at = stream.spec.name;
    visited.add(at);
    for (const origin of inOrder(stream)) {
      const { name } = origin.source;
      const next = world.stream(name);
      if (!visited.has(name)) queue.push(...(next ? [next] : []));
      else if (comesBack(stream, origin)) return { at, origin: name };
    }
  }
  return undefined;
}

// Sources first, in the order they are sent, as the server goes through them.
function inOrder(stream: StreamAsset): Origin[] {
  const local = originsOf(stream).filter(({ source }) => !source.external);
  const isSource = ({ role }: Origin) => role === "source";
  const sent = normalizeSpec("stream", { sources: local.filter(isSource).map(({ source }) => source) });
  const sources = ((sent.sources ?? []) as SourceSpec[]).map(
    (source): Origin => ({ field: "sources", role: "source", source }),
  );
  return [...sources, ...local.filter((origin) => !isSource(origin))];
}

function comesBack(stream: StreamAsset, { role, source: { filterSubject: filter } }: Origin): boolean {
  if (role === "mirror" || !filter) return true;
  return (subjectsOf(stream) ?? []).some((subject) => subjectsOverlap(subject, filter));
}
