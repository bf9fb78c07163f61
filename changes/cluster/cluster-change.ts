/**
 * How an edit of a cluster is made.
 * - `reload`: the servers take it over while they run.
 * - `rolling`: the servers are restarted one by one.
 * - `objects`: objects around the servers change; the servers go on.
 * - `grow`: servers are added.
 * - `needs-evacuation`: servers are emptied before they go.
 * - `refused`: it is not made in place; the remedy says the way.
 */
export type ClusterEdit = "reload" | "rolling" | "objects" | "grow" | "needs-evacuation" | "refused";

/** Every code, and what it means. The documentation has the same sentences. */
export const clusterChangeCodes = {
  CG101: "The servers take it over while they run.",
  CG102: "The servers are restarted one by one.",
  CG103: "Objects around the servers change; the servers go on.",
  CG104: "Servers are added; streams stay where they are.",
  CG105: "Volumes grow, where their storage class allows it; the servers go on.",
  CG106: "Servers are emptied and leave the cluster before they are removed.",
  CG107: "What is stored is encrypted as each server restarts; nothing readable is left on its disk.",
  CG108: "What is stored is encrypted anew, with another cipher, as each server restarts.",
  CG109: "The previous key is dropped: a server that still holds data of it could not read it.",
  CG201: "It is part of the cluster's identity: changing it would make another cluster beside this one.",
  CG202: "A standalone server cannot become a cluster in place: its streams would be deleted as orphans. Nor back.",
  CG203: "Encryption cannot be turned off: servers without the key do not load what they hold, and show no streams.",
  CG204:
    "A key cannot be replaced in place. Without the previous one servers show no streams; with it a server alone loses its durable consumers, and servers of a cluster do not start.",
  CG205: "A volume cannot shrink, come or go, or get another class, access mode or first size.",
  CG206: "The system account cannot be renamed while servers run: they would not see each other during the restart.",
} as const;

export type ClusterChangeCode = keyof typeof clusterChangeCodes;

/** One edit of a cluster, and what is done about it. Never contains a secret. */
export interface ClusterChange {
  /** Stable, such as `CG102`. */
  readonly code: ClusterChangeCode;
  readonly edit: ClusterEdit;
  /** The cluster. */
  readonly name: string;
  readonly field: string;
  /** Values before and after; none where they may be secret, or where a whole map changes. */
  readonly from?: string | number | boolean;
  readonly to?: string | number | boolean;
  /** What to do instead of an edit that is refused; what to know of one that is not. */
  readonly remedy?: string;
}

/** True for an edit that is not made. */
export function isRefusedEdit({ edit }: ClusterChange): boolean {
  return edit === "refused";
}

/** `CODE cluster "NAME": field from -> to. What it means. What to do.` */
export function describeClusterChange({ code, name, field, from, to, remedy }: ClusterChange): string {
  const show = (value: unknown) => (value === undefined ? "not set" : JSON.stringify(value));
  const values = from === undefined && to === undefined ? "" : ` ${show(from)} -> ${show(to)}`;
  return [`${code} cluster "${name}": ${field}${values}.`, clusterChangeCodes[code], remedy].filter(Boolean).join(" ");
}
