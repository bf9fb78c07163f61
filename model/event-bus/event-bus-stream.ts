import type { OwnStreamSpec } from "../stream-spec";
import { declaredStreamConfig } from "./bus-stream-config";
import type { ExoticEventBusSpec } from "./event-bus-spec";

/** The one stream of a bus: its name and subjects are fixed in Argo's clients. */
export const BUS_STREAM = "default";

/** `default.EVENTSOURCE.EVENT` */
export const BUS_SUBJECTS = "default.*.*";

/**
 * The stream an exotic bus needs, to be declared and managed as any other. Argo's clients make one of what `streamConfig`
 * says where there is none, and never touch one that exists: made from this, it can be changed at any time.
 */
export function eventBusStream(bus: ExoticEventBusSpec): OwnStreamSpec {
  return { ...bus.stream, ...declaredStreamConfig(bus), name: BUS_STREAM, subjects: [BUS_SUBJECTS] };
}
