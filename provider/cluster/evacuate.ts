import { type Finding, HeadwaterError, throwFindings } from "../../model/finding";
import { type HeldStream, keyOf, nameStreams, readHoldings } from "./holdings";
import { ASK_AGAIN_MS, moveStream } from "./move-stream";
import { type ClusterServer, listServers } from "./servers";
import { type System, serverFinding } from "./system";

/** How far emptying servers is. */
export interface EvacuationProgress {
  /** Streams that have left. */
  readonly moved: number;
  /** Streams that still have a replica on a server to empty. */
  readonly left: number;
  /** Those of them that are being moved now, `ACCOUNT/STREAM`. */
  readonly moving: readonly string[];
}

export interface EvacuateOptions {
  /** Called after every look at the servers. */
  readonly onProgress?: (progress: EvacuationProgress) => void;
  /**
   * How long without a stream that has left, in milliseconds, before it is given up. What moves goes on moving.
   * @default 600_000
   */
  readonly stallMs?: number;
  /**
   * Streams that are moved at the same time.
   * @default 8
   */
  readonly concurrent?: number;
}

/** The server's own tag for "place nothing here"; it takes effect with a reload of the configuration. */
export const EXCLUDE_TAG = "!jetstream";

const LOOK_MS = 500;

/**
 * Moves every stream of every account, with its consumers, away from these servers, and returns when they hold none.
 * Streams stay readable and writable; a stream on one server only pauses for a moment while its leader changes.
 */
export async function evacuate(
  system: System,
  names: readonly string[],
  { onProgress, stallMs = 600_000, concurrent = 8 }: EvacuateOptions = {},
): Promise<void> {
  const tags = placementFor(await listServers(system, names), names);
  const seen = new Set<string>();
  const started: Started = new Map();
  let least = Number.POSITIVE_INFINITY;
  let since = Date.now();
  for (;;) {
    const left = await heldBy(system, names);
    for (const each of left) seen.add(keyOf(each));
    forgetMoved(started, left);
    if (left.length < least) [least, since] = [left.length, Date.now()];
    const refused = await moveMore(system, names, { left, started, tags, concurrent });
    onProgress?.({ moved: seen.size - left.length, left: left.length, moving: [...started.keys()] });
    if (left.length === 0) return;
    // What is refused now is refused again, unless something that moves makes room.
    if (started.size === 0) throwFindings(refused);
    if (Date.now() - since > stallMs) throw new HeadwaterError(names.flatMap((name) => stalled(name, left, stallMs)));
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** The server each stream that moves is leaving, and when it was asked to. */
type Started = Map<string, { readonly from: string; readonly asked: number }>;

// A stream on two of the servers is moved twice: once the first has let go, it is asked to leave the second.
function forgetMoved(started: Started, left: readonly HeldStream[]): void {
  for (const [key, { from, asked }] of started) {
    const moves = left.some((each) => keyOf(each) === key && each.servers.includes(from));
    if (!moves || Date.now() - asked > ASK_AGAIN_MS) started.delete(key);
  }
}

interface Round {
  readonly left: readonly HeldStream[];
  readonly started: Started;
  readonly tags: readonly string[];
  readonly concurrent: number;
}

async function moveMore(system: System, names: readonly string[], round: Round): Promise<Finding[]> {
  const { left, started, tags, concurrent } = round;
  const refused: Finding[] = [];
  for (const each of left.filter((stream) => !started.has(keyOf(stream)))) {
    if (started.size >= concurrent) break;
    const from = each.servers.find((server) => names.includes(server)) as string;
    const answer = await moveStream(system, each, from, tags);
    if (answer === "moving") started.set(keyOf(each), { from, asked: Date.now() });
    else if (answer !== "later") refused.push(cannotMove(each, from, answer.refused));
  }
  return refused;
}

async function heldBy(system: System, names: readonly string[]): Promise<HeldStream[]> {
  const held = await readHoldings(system, await listServers(system, names));
  return held.filter(({ servers }) => servers.some((server) => names.includes(server)));
}

function cannotMove(each: HeldStream, server: string, reason: string): Finding {
  return serverFinding(
    "CS103",
    server,
    `holds stream ${keyOf(each)}, which cannot move (${reason})`,
    "Lower its replicas, relax its placement, or keep more servers.",
  );
}

function stalled(name: string, left: readonly HeldStream[], stallMs: number): Finding[] {
  const held = left.filter(({ servers }) => servers.includes(name));
  if (held.length === 0) return [];
  return [
    serverFinding(
      "CS104",
      name,
      `still holds ${nameStreams(held)}, and nothing has left for ${stallMs / 1000} s`,
      "Check that the other servers run and have room, then run it again: it goes on where it stopped.",
    ),
  ];
}

/** Whether a stream that leaves one of these servers could be placed on another of them. */
export function streamsCouldReturn(servers: readonly ClusterServer[], names: readonly string[]): boolean {
  const { leaving, open } = sides(servers, names);
  return leaving.length > 1 && open.length > 0 && tagOfStaying(servers, names) === undefined;
}

function sides(servers: readonly ClusterServer[], names: readonly string[]) {
  const clusters = new Set(servers.filter(({ name }) => names.includes(name)).map(({ cluster }) => cluster));
  const near = servers.filter(({ cluster, jetstream }) => jetstream && clusters.has(cluster));
  const leaving = near.filter(({ name }) => names.includes(name));
  const staying = near.filter(({ name }) => !names.includes(name));
  return { leaving, staying, open: leaving.filter(({ tags }) => !tags.includes(EXCLUDE_TAG)) };
}

// A tag that every server that stays has, and none that leaves.
function tagOfStaying(servers: readonly ClusterServer[], names: readonly string[]): string | undefined {
  const { leaving, staying } = sides(servers, names);
  const [first, ...others] = staying;
  return (first?.tags ?? []).find(
    (tag) => others.every(({ tags }) => tags.includes(tag)) && !leaving.some(({ tags }) => tags.includes(tag)),
  );
}

function placementFor(servers: readonly ClusterServer[], names: readonly string[]): string[] {
  const { leaving, open } = sides(servers, names);
  if (leaving.length === 1 || open.length === 0) return [];
  const tag = tagOfStaying(servers, names);
  if (tag) return [tag];
  throw new HeadwaterError([
    serverFinding(
      "CS102",
      open.map(({ name }) => name).join(","),
      "streams could move from one of these servers to another of them",
      `Empty and remove one after the other, or reload them with the tag "${EXCLUDE_TAG}" first.`,
    ),
  ]);
}
