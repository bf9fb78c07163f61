import type { Path } from "../../../model/place";
import { at, identityOf, mapsAt, type PlacedObject, textAt } from "../../../render/kubernetes/placed-object";
import type { Located } from "./pods-part";

/** The objects of one release of servers. */
export interface ReleaseObjects {
  readonly set: PlacedObject;
  /** The container that runs the server. */
  readonly container: Located;
  /** What holds its configuration: a ConfigMap or Secret, and the key; none where it is not among the objects. */
  readonly config?: ConfigObject;
  readonly budget?: PlacedObject;
  /** Why the configuration cannot be known, where there is a reason. */
  readonly obstacle?: string;
}

/** Where a configuration is. */
export interface ConfigObject {
  readonly object: PlacedObject;
  readonly key: string;
  readonly text: string;
  /** Text of another file of the same object. */
  readonly file: (name: string) => string | undefined;
}

const WITNESS = "nats-witness";
const SERVER = /^(.*\/)?(nats|nats-server)(:[^/]*)?(@.*)?$/;

/** The container of a StatefulSet that runs a server of NATS; `undefined` for any other. The witness of a cluster is none. */
export function serverContainer(value: unknown): Located | undefined {
  if (at(value, "kind") !== "StatefulSet" || !String(at(value, "apiVersion")).startsWith("apps/")) return undefined;
  if (at(value, "spec", "template", "metadata", "labels", "app.kubernetes.io/name") === WITNESS) return undefined;
  const path: Path = ["spec", "template", "spec", "containers"];
  const containers = mapsAt(value, ...path);
  const named = containers.findIndex(({ name }) => name === "nats");
  const i = named >= 0 ? named : containers.findIndex(({ image }) => typeof image === "string" && SERVER.test(image));
  const found = containers[i];
  return found && { value: found, path: [...path, i] };
}

/** Every release among objects. */
export function releasesIn(objects: readonly PlacedObject[]): ReleaseObjects[] {
  return objects.flatMap((set) => {
    const container = serverContainer(set.value);
    if (!container) return [];
    const beside = objects.filter((one) => sameNamespace(one, set));
    const start = startOf(container.value);
    const config = start.file === undefined ? undefined : configIn(start.file, set, container, beside);
    return [{ set, container, config, budget: beside.find((one) => isBudgetOf(one, set)), obstacle: start.obstacle }];
  });
}

// A namespace that is not said is the one whoever applies the manifest chooses.
function sameNamespace(one: PlacedObject, other: PlacedObject): boolean {
  const [a, b] = [identityOf(one.value).namespace, identityOf(other.value).namespace];
  return a === undefined || b === undefined || a === b;
}

const HARMLESS = new Set([
  "-P",
  "--pid",
  "-n",
  "--name",
  "--server_name",
  "-m",
  "--http_port",
  "-p",
  "--port",
  "-a",
  "--addr",
  "-l",
  "--log",
]);
const ALONE = new Set(["-D", "-V", "-DV", "-VV", "--debug", "--trace", "nats-server"]);

// Flags go before the configuration: with one that is not known to be harmless, what the configuration says may not hold.
function startOf({ command, args }: Located["value"]): { file?: string; obstacle?: string } {
  const given = [command, args].flatMap((list) => (Array.isArray(list) ? list.map(String) : []));
  let file: string | undefined;
  for (let i = 0; i < given.length; i++) {
    const [flag = "", inline] = (given[i] ?? "").split(/=(.*)/s);
    if (ALONE.has(flag.replace(/^.*\//, ""))) continue;
    const value = inline ?? given[++i];
    if (flag === "-c" || flag === "--config" || flag === "-config") file = value;
    else if (!HARMLESS.has(flag)) return { obstacle: `is started with ${flag}, which goes before its configuration` };
  }
  return file === undefined ? { obstacle: "is started without a configuration file" } : { file };
}

function configIn(
  file: string,
  set: PlacedObject,
  container: Located,
  objects: readonly PlacedObject[],
): ConfigObject | undefined {
  const slash = file.lastIndexOf("/");
  const [folder, name] = [file.slice(0, slash), file.slice(slash + 1)];
  const mount = mapsAt(container.value, "volumeMounts").find(
    ({ mountPath, subPath }) =>
      String(mountPath).replace(/\/$/, "") === folder || (mountPath === file && subPath !== undefined),
  );
  const volume = mapsAt(set.value, "spec", "template", "spec", "volumes").find((one) => one.name === mount?.name);
  const [map, secret] = [textAt(volume, "configMap", "name"), textAt(volume, "secret", "secretName")];
  const kind = map === undefined ? "Secret" : "ConfigMap";
  const object = objects.find(({ value }) => value.kind === kind && identityOf(value).name === (map ?? secret));
  if (!object || (map ?? secret) === undefined) return undefined;
  const items = mapsAt(volume, kind === "Secret" ? "secret" : "configMap", "items");
  const key =
    textAt(
      items.find(({ path }) => path === name),
      "key",
    ) ??
    textAt(mount, "subPath") ??
    name;
  const text = textIn(object, key);
  return text === undefined
    ? undefined
    : { object, key, text, file: (other) => textIn(object, other.replace(/^\.\//, "")) };
}

function textIn({ value }: PlacedObject, key: string): string | undefined {
  const plain = textAt(value, value.kind === "Secret" ? "stringData" : "data", key);
  const encoded = value.kind === "Secret" ? textAt(value, "data", key) : undefined;
  return plain ?? (encoded === undefined ? undefined : Buffer.from(encoded, "base64").toString("utf8"));
}

function isBudgetOf({ value }: PlacedObject, set: PlacedObject): boolean {
  if (value.kind !== "PodDisruptionBudget") return false;
  const labels = at(set.value, "spec", "template", "metadata", "labels");
  const wanted = Object.entries((at(value, "spec", "selector", "matchLabels") ?? {}) as object);
  return wanted.length > 0 && wanted.every(([key, label]) => at(labels, key) === label);
}
