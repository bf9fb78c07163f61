import { DEFAULT_BUS_REPLICAS, effectiveStreamConfig } from "../../model/event-bus/bus-stream-config";
import type { BusStreamConfigSpec, EventBusSpec } from "../../model/event-bus/event-bus-spec";
import { formatDuration } from "../../model/units";
import { unlessHidden } from "../../preflight/asset";
import { limit, span } from "../../preflight/values";
import { duration, integer } from "../options";
import { defineRule, type Found } from "../rule";

/** What a bus keeps has an end. */
export const eventBusStreamBounded = defineRule({
  id: "jetstream-event-bus-stream-bounded",
  title: "The stream of a bus is bounded by age, by messages and by size, and replicated",
  severity: "high",
  levels: { dev: "advisory", staging: "advisory", prod: "mandatory" },
  why: "Every event of every event source is in one stream. What Argo sets where streamConfig says nothing has no bound in bytes: large events fill the volumes, and then no event is taken. Servers keep the ids of the duplicate window in memory, and refuse a window that is longer than maxAge. With fewer replicas than servers, the loss of one server may lose every event. Nobody can change streamConfig of a bus that exists.",
  fix: "Set maxAge, maxMsgs, maxBytes, duplicateWindow and replicas in streamConfig when the bus is made.",
  topics: ["capacity", "retention", "durability"],
  frameworks: ["ISO/IEC 27001:2022 A.8.6", "ISO/IEC 27001:2022 A.8.10"],
  options: {
    window: duration("1h", "Longest duplicate window."),
    replicas: integer(1, 5, 3, "Fewest replicas of the stream, where there are as many servers."),
  },
  on: "event-bus",
  example: {
    fails: { type: "native", name: "default", version: "2.10.29", streamConfig: { maxAge: "3d", maxMsgs: 100000 } },
    passes: {
      type: "native",
      name: "default",
      version: "2.10.29",
      streamConfig: { maxAge: "3d", maxMsgs: 100000, maxBytes: "10GiB", duplicateWindow: "5m", replicas: 3 },
    },
  },
  *find({ spec }, { window, replicas }) {
    const read = <K extends keyof StreamConfig>(key: K) => unlessHidden(() => said(spec, key));
    const age = read("maxAge");
    if (age && span(age.value) === 0n)
      yield {
        field: age.field,
        problem: "is unlimited: events never expire",
        remedy: "Set it to how long an event is worth something.",
      };
    yield* bound(read("maxMsgs"), "the stream takes any number of events", "Set it to the events it may hold.");
    yield* bound(read("maxBytes"), "the stream grows until the volume is full", "Set it to the disk it may take.");
    const dedup = read("duplicateWindow");
    if (dedup && span(dedup.value) > span(window)) {
      const problem = `${formatDuration(span(dedup.value))} is longer than ${window}: every id of it is in memory`;
      yield { field: dedup.field, value: dedup.value, problem, remedy: `Set it to ${window} at most.` };
    }
    const copies = read("replicas");
    const servers = unlessHidden(() => (spec.type === "native" ? (spec.replicas ?? DEFAULT_BUS_REPLICAS) : replicas));
    const least = Math.min(replicas, servers ?? 1);
    if (copies && copies.value < least) {
      const problem = `${copies.value} is less than ${least}: a server that is lost may take every event with it`;
      yield { field: copies.field, value: copies.value, problem, remedy: `Set it to ${least}.` };
    }
  },
});

type StreamConfig = Required<BusStreamConfigSpec>;

interface Said<T> {
  readonly field: string;
  readonly value: T;
}

// What is not written is what the controller, or Argo's clients, set.
function said<K extends keyof StreamConfig>(bus: EventBusSpec, key: K): Said<StreamConfig[K]> {
  const own = bus.type === "exotic" ? (bus.stream as Partial<StreamConfig> | undefined)?.[key] : undefined;
  if (own !== undefined) return { field: `stream.${key}`, value: own };
  const config = bus.streamConfig as Partial<StreamConfig> | undefined;
  const value = config?.[key] ?? effectiveStreamConfig(bare(bus))[key];
  return { field: `streamConfig.${key}`, value };
}

const bare = (bus: EventBusSpec): EventBusSpec =>
  bus.type === "exotic"
    ? { type: "exotic", name: bus.name, url: "" }
    : { type: "native", name: bus.name, version: "", replicas: bus.replicas };

function* bound(one: Said<unknown> | undefined, follows: string, remedy: string): Iterable<Found> {
  if (!one || limit(one.value) !== undefined) return;
  yield { field: one.field, problem: `is unlimited: ${follows}`, remedy };
}
