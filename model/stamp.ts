/** Metadata keys of ours; users cannot set them. */
export const OWNER_KEY = "headwater.owner";
export const DATA_CLASS_KEY = "headwater.data-class";

type Metadata = Readonly<Record<string, string>>;

/** The metadata sent to the server: the user's, the owner and the data class. */
export function stampMetadata(
  metadata: Metadata | undefined,
  owner: string | undefined,
  dataClass: string | undefined,
): Metadata {
  return {
    ...metadata,
    ...(owner && { [OWNER_KEY]: owner }),
    ...(dataClass && { [DATA_CLASS_KEY]: dataClass }),
  };
}

/** What a live asset's metadata says: the user's part, without our keys and the server's own `_nats.*`. */
export function readMetadata(metadata: Metadata | undefined): {
  metadata: Metadata;
  owner?: string;
  dataClass?: string;
} {
  const all = metadata ?? {};
  const users = Object.entries(all).filter(([key]) => !key.startsWith("_nats.") && !key.startsWith("headwater."));
  return { metadata: Object.fromEntries(users), owner: all[OWNER_KEY], dataClass: all[DATA_CLASS_KEY] };
}

/** The parts of `project/stack/resource`. The resource may contain slashes itself. */
export function parseOwner(owner: string): { project: string; stack: string; resource: string } {
  const [project = "", stack = "", ...resource] = owner.split("/");
  return { project, stack, resource: resource.join("/") };
}

/** True when both stamps belong to one stack of one project. */
export function sameStack(a: string, b: string): boolean {
  const [left, right] = [parseOwner(a), parseOwner(b)];
  return left.project === right.project && left.stack === right.stack;
}
