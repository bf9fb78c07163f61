import { bigintAsText, sameValue } from "../../../model/walk";
import type { Driver } from "../../../provider/driver";
import { drivers } from "../../support/handlers";
import type { EditCase, Fields, Position } from "./edit-case";
import type { Lab } from "./lab";
import { publish } from "./messages";
import { listen, pull } from "./positions";
import { settled } from "./snapshot";

export const OWNER = "project/stack/resource";

/** A live asset of a case, with its messages and consumers. */
export interface SetUp {
  readonly driver: Driver;
  /** The specs under the names they have here. */
  readonly before: Fields;
  readonly after: Fields;
  /** The stream the messages are in. */
  readonly stream: string;
  /** Sequence of the newest message that is old, and when the others were stored. */
  readonly young?: { readonly above: string; readonly since: number };
  readonly leave: () => void;
}

export const AGE_MS = 3_000;

/** Makes what a case edits; `undefined` where the server does not take it. `apart` waits outside of the queue. */
export async function setUp(
  lab: Lab,
  one: EditCase,
  apart: (milliseconds: number) => Promise<void>,
  owner = OWNER,
): Promise<SetUp | undefined> {
  const driver = drivers[one.kind];
  const name = lab.name();
  const [before, after] = [one.before, one.after].map((spec) => named(one, name, spec)) as [Fields, Fields];
  const base = driver.base === "stream" ? driver.toBase(grownOf(one, name, before)) : streamOf(one, name);
  const stream = String(base.name);
  if (!(await tolerated(drivers.stream.create(lab.api, base, drivers.stream.config(base, owner))))) return undefined;
  const consumers = (one.consumers ?? []).map(({ name: own, spec, ...position }) => ({
    spec: local(name, { stream, name: own, kind: "pull", ackPolicy: "explicit", ...spec }),
    position,
  }));
  const edited = driver.base === "consumer" ? [{ spec: driver.toBase(before), position: one.position ?? NONE }] : [];
  for (const { spec } of [...consumers, ...edited]) if (!(await createConsumer(lab, spec, owner))) return undefined;
  const young = await fill(lab, one, base, apart);
  const leaves: (() => void)[] = [];
  for (const { spec, position } of [...consumers, ...edited])
    leaves.push(...(await advance(lab, spec, position, one.bound)));
  if (driver.base === "stream" && !(await grow(lab, base, driver.toBase(before), owner))) return undefined;
  await settled(lab, stream, ({ sequences }) => sequences.length >= (one.copied ?? 0));
  return { driver, before, after, stream, young, leave: () => leaves.map((leave) => leave()) };
}

const NONE: Position = { delivered: 0, acked: 0 };

function named(one: EditCase, name: string, spec: Fields): Fields {
  if (one.kind === "consumer")
    return local(name, { stream: name, name: "edited", kind: "pull", ackPolicy: "explicit", ...spec });
  const own = one.kind === "stream" && !("subjects" in spec) && !spec.mirror ? { subjects: ["in.>"] } : {};
  return local(name, { name, ...own, ...spec });
}

// Nothing is made sealed: it is sealed when it is full.
function grownOf(one: EditCase, name: string, before: Fields): Fields {
  const { sealed: _, ...open } = one.grown ? named(one, name, one.grown) : before;
  return open;
}

async function grow(lab: Lab, from: Fields, to: Fields, owner: string): Promise<boolean> {
  if (sameValue(from, to)) return true;
  const live = await liveOf(lab, to);
  return tolerated(drivers.stream.update(lab.api, to, drivers.stream.config(to, owner), live));
}

function streamOf({ stream }: EditCase, name: string): Fields {
  return drivers.stream.toBase(local(name, { name, subjects: ["in.>"], ...stream }));
}

/** Every asset has subjects of its own below the first token. */
export function local(name: string, spec: Fields): Fields {
  const text = JSON.stringify(spec, bigintAsText);
  return JSON.parse(text.replace(/"(in|other|deliver|out|copy2?|all|kv2?)\./g, `"$1.${name}.`)) as Fields;
}

async function fill(lab: Lab, one: EditCase, base: Fields, apart: (milliseconds: number) => Promise<void>) {
  const count = one.messages ?? 20;
  if (!one.aged) {
    await publish(lab.nc, base, count);
    return undefined;
  }
  const half = Math.floor(count / 2);
  await publish(lab.nc, base, half);
  await apart(AGE_MS);
  const since = Date.now();
  await publish(lab.nc, base, count - half, half);
  return { above: String(half), since };
}

async function createConsumer(lab: Lab, spec: Fields, owner: string): Promise<boolean> {
  const { consumer } = drivers;
  return tolerated(consumer.create(lab.api, consumer.toBase(spec), consumer.config(consumer.toBase(spec), owner)));
}

async function advance(lab: Lab, spec: Fields, position: Position, bound = false): Promise<(() => void)[]> {
  if (spec.kind !== "push") {
    await pull(lab, spec, position);
    return [];
  }
  if (position.delivered === 0 && !bound) return [];
  const leave = await listen(lab, spec, position);
  if (bound) return [leave];
  leave();
  await lab.nc.flush();
  return [];
}

async function liveOf(lab: Lab, base: Fields) {
  const live = await drivers.stream.info(lab.api, base);
  if (!live) throw new Error(`${base.name} is gone`);
  return live;
}

/** False where the server refuses. */
export async function tolerated(request: Promise<unknown>): Promise<boolean> {
  return request.then(
    () => true,
    () => false,
  );
}
