import type { Path, Place } from "../../../model/place";
import { formatBytes } from "../../../model/units";
import { at, mapsAt, textAt } from "../../../render/kubernetes/placed-object";
import { bytesOfQuantity } from "../../../render/kubernetes/quantity";
import { isUnknown, UNKNOWN } from "../../unknown-value";
import { type Fields, joined, type Part, part } from "./part";
import type { PodVariables } from "./pod-variables";

/** Where a container's image is the servers' own: what else has a version is somebody's. */
const OFFICIAL = /^(.*\/)?(nats|nats-server)$/;
const QUANTITY = /^\d+(\.\d+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/;
const GO_MEMORY = /^\d+(B|KiB|MiB|GiB|TiB)$/;
const HOST = "kubernetes.io/hostname";

/** What a StatefulSet says of its servers besides their configuration. */
export function podsPart(
  set: unknown,
  place: (path: Path) => Place,
  container: Located,
  variables: PodVariables,
): Part {
  const pod: Path = ["spec", "template", "spec"];
  const replicas = at(set, "spec", "replicas");
  const memory = at(container.value, "resources", "limits", "memory");
  const spread = spreadOf(at(set, ...pod));
  const goMemory = variables.text("GOMEMLIMIT");
  return joined([
    part("name", textAt(set, "metadata", "name") ?? "?", place(["metadata", "name"])),
    part("kubernetes.namespace", textAt(set, "metadata", "namespace"), place(["metadata"])),
    part(
      "size",
      replicas === undefined ? 1 : typeof replicas === "number" ? replicas : UNKNOWN,
      place(["spec", "replicas"]),
    ),
    imagePart(textAt(container.value, "image"), place([...container.path, "image"])),
    part("kubernetes.spread", spread, place([...pod, "topologySpreadConstraints"])),
    part(
      "kubernetes.resources.limits.memory",
      QUANTITY.test(String(memory)) ? memory : undefined,
      place([...container.path, "resources"]),
    ),
    part(
      "kubernetes.goMemLimit",
      GO_MEMORY.test(goMemory ?? "") ? goMemory : undefined,
      place([...container.path, "env"]),
    ),
    ...sidecars(set, pod, place),
  ]);
}

/** A part of an object, and where it is. */
export interface Located {
  readonly value: Fields;
  readonly path: Path;
}

interface Image {
  readonly registry?: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

// `registry/repository:tag@digest`: a port is no tag.
function imageIn(image: string): Image {
  const [name = "", digest] = image.split("@");
  const [, repository = name, tag] = /^(.*?)(?::([^/:]+))?$/.exec(name) ?? [];
  return { repository, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

// Without tag and digest an image is that of the tag `latest`.
function imagePart(image: string | undefined, place: Place): Part {
  if (image === undefined) return joined([part("image", UNKNOWN, place), part("version", UNKNOWN, place)]);
  const { repository, digest, tag = digest ? undefined : "latest" } = imageIn(image);
  const version = OFFICIAL.test(repository)
    ? /^v?(\d+\.\d+\.\d+(?:-(?:RC|preview|beta)[.\w]*)?)(?:-|$)/.exec(tag ?? "")?.[1]
    : undefined;
  const own = { ...(digest !== undefined && { digest }), ...(version === undefined && tag !== undefined && { tag }) };
  return joined([
    part("version", version ?? UNKNOWN, place),
    part("image", Object.keys(own).length > 0 ? own : undefined, place),
    { spec: {}, places: { "image.tag": place, "image.digest": place } },
  ]);
}

const SIDECARS: Readonly<Record<string, string>> = { reloader: "reloader", "prom-exporter": "promExporter" };

// As values of the chart have them, where they do not go with the chart.
function sidecars(set: unknown, pod: Path, place: (path: Path) => Place): Part[] {
  return mapsAt(set, ...pod, "containers").flatMap((container, i) => {
    const name = SIDECARS[textAt(container, "name") ?? ""];
    const image = textAt(container, "image");
    if (name === undefined || image === undefined) return [];
    const field = `kubernetes.extraValues.${name}.image`;
    const where = place([...pod, "containers", i, "image"]);
    const { tag = "latest", digest } = imageIn(image);
    return [part(digest ? `${field}.digest` : `${field}.tag`, digest ?? tag, where)];
  });
}

/** How the pods are kept apart: by a constraint of the scheduler, or by their affinity. */
function spreadOf(pod: unknown): "hard" | "soft" | "none" | typeof UNKNOWN {
  const constraints = mapsAt(pod, "topologySpreadConstraints").filter(({ topologyKey }) => topologyKey === HOST);
  const required = mapsAt(pod, "affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
  if (isUnknown(constraints) || isUnknown(required)) return UNKNOWN;
  const isHard = constraints.some(({ whenUnsatisfiable = "DoNotSchedule" }) => whenUnsatisfiable === "DoNotSchedule");
  if (isHard || required.some(({ topologyKey }) => topologyKey === HOST)) return "hard";
  return constraints.length > 0 ? "soft" : "none";
}

/** The volume of each server, where its folder is on one that outlives a pod. */
export function volumePart(
  set: unknown,
  place: (path: Path) => Place,
  container: Located,
  folder: string,
  store: unknown,
): Part {
  const mount = mountOf(container.value, folder);
  const name = textAt(mount, "name");
  const claims = mapsAt(set, "spec", "volumeClaimTemplates");
  const i = claims.findIndex((claim) => name !== undefined && textAt(claim, "metadata", "name") === name);
  const claim = claims[i];
  if (claim) return claimPart(claim, place, ["spec", "volumeClaimTemplates", i], store);
  const volumes = mapsAt(set, "spec", "template", "spec", "volumes");
  const own = volumes.find((volume) => name !== undefined && volume.name === name);
  const where = place(["spec", "template", "spec", own ? "volumes" : "containers"]);
  // What is neither in the pod nor gone with it has a size nobody says here.
  const outlives = own !== undefined && !("emptyDir" in own) && !("ephemeral" in own);
  return part("jetstream.volume", outlives ? UNKNOWN : undefined, where);
}

// A volume may have been grown after its claim was made, which a claim template does not say.
function claimPart(claim: Fields, place: (path: Path) => Place, path: Path, store: unknown): Part {
  const storage = at(claim, "spec", "resources", "requests", "storage");
  const bytes = typeof storage === "string" || typeof storage === "number" ? Math.floor(bytesOfQuantity(storage)) : 0;
  const isGrown = typeof store === "number" && store > bytes;
  const size = bytes > 0 && !isGrown ? formatBytes(BigInt(bytes)) : UNKNOWN;
  const where = place([...path, "spec", "resources", "requests", "storage"]);
  const [storageClass, accessMode] = [
    textAt(claim, "spec", "storageClassName"),
    textAt(claim, "spec", "accessModes", 0),
  ];
  const volume = { size, ...(storageClass && { storageClass }), ...(accessMode && { accessMode }) };
  return { spec: { jetstream: { volume } }, places: { "jetstream.volume": where } };
}

function mountOf({ volumeMounts }: Fields, folder: string): Fields | undefined {
  const holds = (path: string) => folder === path || folder.startsWith(path.endsWith("/") ? path : `${path}/`);
  return mapsAt({ volumeMounts }, "volumeMounts")
    .filter(({ mountPath }) => typeof mountPath === "string" && holds(mountPath))
    .sort((a, b) => String(b.mountPath).length - String(a.mountPath).length)[0];
}

/** How many servers may be away at once, by the budget that is for the pods; `undefined` where there is none. */
export function budgetPart(budget: unknown, size: unknown, place: (path: Path) => Place): Part {
  const [away, left] = [at(budget, "spec", "maxUnavailable"), at(budget, "spec", "minAvailable")];
  const where = place(["spec"]);
  const servers = typeof size === "number" ? size : undefined;
  const known = away !== undefined ? amountOf(away, servers) : minus(servers, amountOf(left, servers));
  return part("kubernetes.maxUnavailable", known ?? UNKNOWN, where);
}

const minus = (all: number | undefined, left: number | undefined) =>
  all === undefined || left === undefined ? undefined : Math.max(0, all - left);

// Kubernetes rounds a share up.
function amountOf(value: unknown, servers: number | undefined): number | undefined {
  if (typeof value === "number") return value;
  const share = typeof value === "string" ? /^(\d+)%$/.exec(value)?.[1] : undefined;
  return share === undefined || servers === undefined ? undefined : Math.ceil((Number(share) * servers) / 100);
}
