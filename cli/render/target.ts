import type { ClusterSet } from "../../model/cluster/cluster-file";
import type { LocatedFinding } from "../../model/place";
import type { TopologySet } from "../../model/topology-file";
import type { TopologySource } from "../../model/topology-source";
import type { RenderedFile } from "../../render/render-cluster";
import type { Io } from "../io";
import type { RenderOptions } from "./render-options";

/** Everything one file declares, of every kind. */
export interface DeclaredFile {
  readonly file: string;
  readonly set: TopologySet;
  readonly clusters: ClusterSet;
  readonly sources: readonly TopologySource[];
}

/** What was written, and what is to be said about it. With an error among the findings nothing is written. */
export interface Rendering {
  readonly files: readonly RenderedFile[];
  readonly findings: readonly LocatedFinding[];
}

/** One thing files can be rendered to. */
export interface Target {
  /** What of a file it renders; the rest is passed over. */
  readonly renders: "cluster" | "topology" | "event buses";
  /** In one line, for the help. */
  readonly says: string;
  /** Options that are for it, by their names in `RenderOptions`. */
  readonly options: readonly (keyof RenderOptions)[];
  readonly render: (declared: DeclaredFile, options: RenderOptions, io: Io) => Rendering | Promise<Rendering>;
}

export const isError = ({ severity }: { readonly severity: string }): boolean => severity === "error";
