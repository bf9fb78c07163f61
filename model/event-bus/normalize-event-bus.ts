import { formatBytes, formatDuration, parseBytes, parseDuration } from "../units";
import { isEmpty } from "../walk";
import { declaredStreamConfig } from "./bus-stream-config";
import type { EventBusSpec } from "./event-bus-spec";

/**
 * The normal form of an event bus: units in their shortest form, what is empty left out, everything the stream is told in
 * `streamConfig`. Two buses that give the same EventBus object have the same one, but for `stream` of an exotic bus.
 */
export function normalizeEventBus<T extends EventBusSpec>(bus: T): T {
  const { settings, persistence, ...rest } = bus as Readonly<Record<string, unknown>>;
  const amounts = (value: unknown) => (value === undefined ? undefined : mapValues(value as object, amount));
  const parts = {
    streamConfig: declaredStreamConfig(bus),
    settings: amounts(settings),
    maxPayload: amount(rest.maxPayload),
  };
  const filled = Object.entries({ ...rest, ...parts }).filter(([, value]) => !isEmpty(value));
  // An empty `persistence` means a volume with every default.
  return Object.fromEntries([...filled, ...(persistence ? [["persistence", amounts(persistence)]] : [])]) as T;
}

function amount(value: unknown): unknown {
  const [size, time] = [parseBytes(value), parseDuration(value)];
  if (size !== undefined) return formatBytes(size);
  return time === undefined ? value : formatDuration(time);
}

function mapValues(value: object, map: (value: unknown) => unknown): object {
  const defined = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(defined.map(([key, each]) => [key, map(each)]));
}
