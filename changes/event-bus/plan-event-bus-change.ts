import {
  DEFAULT_BUS_REPLICAS,
  declaredStreamConfig,
  STREAM_CONFIG_FIELDS,
} from "../../model/event-bus/bus-stream-config";
import type { EventBusSpec, ExoticEventBusSpec, NativeEventBusSpec } from "../../model/event-bus/event-bus-spec";
import { busPodShape } from "../../model/event-bus/pod-spec";
import { busServerVersion } from "../../model/event-bus/versions";
import { parseBytes } from "../../model/units";
import { isOlder } from "../../model/version";
import { isEmpty, sameValue } from "../../model/walk";
import type { EventBusChange, EventBusChangeCode, EventBusEdit } from "./event-bus-change";

type Found = Omit<EventBusChange, "name">;
type Judge<Spec> = (from: Spec, to: Spec) => Found[];

const NEW_BUS =
  "Make a bus of another name beside it, move sensors to it first and event sources last, and remove this one when its events are read.";

/** What an edit of an event bus does, field by field. Pure; two specs that mean the same change nothing. */
export function planEventBusChange(before: EventBusSpec, after: EventBusSpec): EventBusChange[] {
  return judge(before, after).map((found) => ({ ...found, name: before.name }));
}

function judge(from: EventBusSpec, to: EventBusSpec): Found[] {
  const identity = (["type", "name", "namespace"] as const).filter((field) => from[field] !== to[field]);
  if (identity.length > 0)
    return identity.map((field) => change("EB301", "refused", field, from[field], to[field], `Keep it. ${NEW_BUS}`));
  const objects = (["labels", "annotations"] as const).filter((field) => !same(from[field], to[field]));
  return [
    ...(from.type === "native" && to.type === "native" ? NATIVE.flatMap((each) => each(from, to)) : []),
    ...(from.type === "exotic" && to.type === "exotic" ? EXOTIC.flatMap((each) => each(from, to)) : []),
    ...objects.map((field) => change("EB314", "objects", field)),
  ];
}

function change(
  code: EventBusChangeCode,
  edit: EventBusEdit,
  field: string,
  from?: unknown,
  to?: unknown,
  remedy?: string,
): Found {
  const values = Object.entries({ from: scalar(from), to: scalar(to), remedy });
  const known = Object.fromEntries(values.filter(([, value]) => value !== undefined));
  return { code, edit, field, ...known };
}

const scalar = (value: unknown) =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : undefined;
// What is empty means the same as what is not there.
const same = (a: unknown, b: unknown) => (isEmpty(a) && isEmpty(b)) || sameValue(a, b);
const sameAmount = (a: unknown, b: unknown) => (parseBytes(a) ?? a) === (parseBytes(b) ?? b);
const serversOf = ({ replicas = DEFAULT_BUS_REPLICAS }: NativeEventBusSpec) => replicas;

const servers: Judge<NativeEventBusSpec> = (before, after) => {
  const [from, to] = [serversOf(before), serversOf(after)];
  if (from === to) return [];
  if (from === 1 || to === 1) return [change("EB303", "hazard", "replicas", from, to, NEW_BUS)];
  if (to > from) return [change("EB311", "grow", "replicas", from, to)];
  const remedy = `Lower the stream's replicas and remove the peers with the nats tool and the login of the system account first, or keep them. ${NEW_BUS}`;
  return [change("EB304", "hazard", "replicas", from, to, remedy)];
};

// Argo's webhook compares texts: ours are the same exactly when these are.
const streamText: Judge<NativeEventBusSpec> = (before, after) => {
  const [from, to] = [declaredStreamConfig(before), declaredStreamConfig(after)];
  const single = serversOf(before) === 1 && serversOf(after) !== 1 && after.streamConfig?.replicas === undefined;
  const keep = single ? "Set streamConfig: {replicas: 1} to keep the text as it was. " : "";
  const remedy = `${keep}Keep it, or change the stream itself with the nats tool. ${NEW_BUS} A bus on servers of your own (type exotic) has a stream that can be changed.`;
  return STREAM_CONFIG_FIELDS.filter((key) => from[key] !== to[key]).map((key) =>
    change("EB302", "refused", `streamConfig.${key}`, from[key], to[key], remedy),
  );
};

const volumes: Judge<NativeEventBusSpec> = ({ persistence: from }, { persistence: to }) => {
  if (!from || !to) {
    const remedy = `Keep it. ${NEW_BUS}`;
    return from === to ? [] : [change("EB305", "refused", "persistence", undefined, undefined, remedy)];
  }
  const [classes, modes] = [
    [from.storageClassName, to.storageClassName] as const,
    [from, to].map(({ accessMode = "ReadWriteOnce" }) => accessMode),
  ];
  const sizes = [from, to].map(({ volumeSize = "20GiB" }) => volumeSize);
  const grow = `Keep it: the template need not say what the volumes have. Volumes grow by their own claims, where the storage class allows it: kubectl patch pvc. ${NEW_BUS}`;
  return [
    ...(classes[0] === classes[1]
      ? []
      : [change("EB305", "refused", "persistence.storageClassName", ...classes, `Keep it. ${NEW_BUS}`)]),
    ...(modes[0] === modes[1]
      ? []
      : [change("EB305", "refused", "persistence.accessMode", modes[0], modes[1], `Keep it. ${NEW_BUS}`)]),
    ...(sameAmount(...(sizes as [unknown, unknown]))
      ? []
      : [change("EB305", "refused", "persistence.volumeSize", sizes[0], sizes[1], grow)]),
  ];
};

const version: Judge<NativeEventBusSpec> = ({ version: from }, { version: to }) => {
  if (from === to) return [];
  const [before = from, after = to] = [busServerVersion(from), busServerVersion(to)];
  const isDowngrade = /^\d/.test(before) && /^\d/.test(after) && isOlder(after, before);
  if (isDowngrade) return [change("EB306", "hazard", "version", from, to, `Keep it. ${NEW_BUS}`)];
  return [change("EB312", "rolling", "version", from, to)];
};

const restart = ({ name, namespace }: EventBusSpec) =>
  `Restart the pods one by one: kubectl rollout restart statefulset/eventbus-${name}-js${namespace ? ` -n ${namespace}` : ""}.`;

const SETTINGS = ["maxMemoryStore", "maxFileStore", "syncInterval", "maxOutstandingCatchup"] as const;

const configuration: Judge<NativeEventBusSpec> = (before, after) => {
  const [from = {}, to = {}] = [before.settings, after.settings];
  const settings = SETTINGS.filter((key) => !sameAmount(from[key], to[key])).map((key) =>
    change("EB310", "inert", `settings.${key}`, from[key], to[key], restart(after)),
  );
  const [small = "1MiB", large = "1MiB"] = [before.maxPayload, after.maxPayload];
  if (sameAmount(small, large)) return settings;
  // A configuration that is refused for one field is refused for all.
  return settings.length > 0
    ? [...settings, change("EB310", "inert", "maxPayload", before.maxPayload, after.maxPayload, restart(after))]
    : [change("EB313", "reload", "maxPayload", before.maxPayload, after.maxPayload)];
};

const POD_FIELDS = ["startArgs", ...Object.keys(busPodShape)] as readonly (keyof NativeEventBusSpec)[];

const pods: Judge<NativeEventBusSpec> = (before, after) =>
  POD_FIELDS.filter((field) => !same(before[field], after[field])).map((field) =>
    change("EB312", "rolling", field, before[field], after[field]),
  );

const login = /\/\/[^@/\s]*@/g;
const shownUrl = (url: string) => url.replace(login, "//…@");

const address: Judge<ExoticEventBusSpec> = ({ url: from }, { url: to }) => {
  const remedy =
    "Acknowledge it where it is another address of the same servers; else let sensors read what is there first.";
  return from === to ? [] : [change("EB307", "hazard", "url", shownUrl(from), shownUrl(to), remedy)];
};

const clients: Judge<ExoticEventBusSpec> = (before, after) =>
  (["accessSecret", "tls"] as const)
    .filter((field) => !same(before[field], after[field]))
    .map((field) => change("EB314", "objects", field));

const streamOfExotic: Judge<ExoticEventBusSpec> = (before, after) => {
  const [from, to] = [declaredStreamConfig(before), declaredStreamConfig(after)];
  return STREAM_CONFIG_FIELDS.filter((key) => from[key] !== to[key]).map((key) =>
    change("EB315", "inert", `streamConfig.${key}`, from[key], to[key]),
  );
};

const NATIVE: readonly Judge<NativeEventBusSpec>[] = [servers, streamText, volumes, version, configuration, pods];
const EXOTIC: readonly Judge<ExoticEventBusSpec>[] = [address, clients, streamOfExotic];
