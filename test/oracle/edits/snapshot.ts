import { bigintAsText } from "../../../model/walk";
import { unlessMissing } from "../../../provider/stream-driver";
import type { Lab } from "./lab";

/** Where one consumer stands. */
export interface Stand {
  readonly delivered: number;
  readonly ackFloor: number;
  readonly ackPending: number;
  readonly pending: number;
}

/** What a stream holds, and where its consumers stand. */
export interface Snapshot {
  readonly sequences: readonly string[];
  readonly last: string;
  readonly subjects: Readonly<Record<string, number>>;
  readonly consumers: Readonly<Record<string, Stand>>;
}

interface State {
  readonly messages: number;
  readonly first_seq: number | bigint;
  readonly last_seq: number | bigint;
  readonly deleted?: readonly (number | bigint)[];
  readonly subjects?: Readonly<Record<string, number>>;
}

interface Info {
  readonly name: string;
  readonly delivered: { readonly stream_seq: number };
  readonly ack_floor: { readonly stream_seq: number };
  readonly num_ack_pending: number;
  readonly num_pending: number;
}

// A cluster can deny a stream it has just confirmed.
const STREAM_NOT_FOUND = 10059;
const QUIET_MS = 180;
const PATIENCE_MS = 6_000;

/** Reads a stream until nothing has changed for a while, and what must happen has. */
export async function settled(
  lab: Lab,
  stream: string,
  enough: (now: Snapshot) => boolean = () => true,
): Promise<Snapshot> {
  const giveUp = Date.now() + PATIENCE_MS;
  let [last, since] = ["", Date.now()];
  for (;;) {
    const now = await unlessMissing([STREAM_NOT_FOUND], snapshot(lab, stream));
    if (!now && Date.now() < giveUp) continue;
    if (!now) throw new Error(`${stream} is gone`);
    const text = JSON.stringify(now, bigintAsText);
    if (text !== last) [last, since] = [text, Date.now()];
    const quiet = Date.now() - since >= QUIET_MS;
    if ((quiet && enough(now)) || Date.now() > giveUp) return now;
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}

async function snapshot({ api }: Lab, stream: string): Promise<Snapshot> {
  const [info, listed] = await Promise.all([
    api.request(`STREAM.INFO.${stream}`, { deleted_details: true, subjects_filter: ">" }),
    api.request(`CONSUMER.LIST.${stream}`),
  ]);
  const state = info.state as State;
  const consumers = ((listed.consumers ?? []) as Info[]).map((consumer) => [consumer.name, standOf(consumer)]);
  return {
    sequences: sequencesOf(state),
    last: String(state.last_seq),
    subjects: state.subjects ?? {},
    consumers: Object.fromEntries(consumers),
  };
}

function standOf({ delivered, ack_floor, num_ack_pending, num_pending }: Info): Stand {
  return {
    delivered: delivered.stream_seq,
    ackFloor: ack_floor.stream_seq,
    ackPending: num_ack_pending,
    pending: num_pending,
  };
}

function sequencesOf({ messages, first_seq, last_seq, deleted }: State): string[] {
  if (messages === 0) return [];
  const gone = new Set((deleted ?? []).map(String));
  const [first, last] = [BigInt(first_seq), BigInt(last_seq)];
  const all = Array.from({ length: Number(last - first) + 1 }, (_, i) => String(first + BigInt(i)));
  return all.filter((sequence) => !gone.has(sequence));
}
