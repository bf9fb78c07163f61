import type { ClusterSpec } from "../model/cluster/cluster-spec";
import { composeFile } from "./compose";
import { confFiles, type Machines } from "./files/conf-files";
import { helmValues } from "./helm-values";
import { certificateObjects } from "./kubernetes/certificates";
import { witnessObjects } from "./kubernetes/witness";

/** What a cluster can be rendered to. */
export const TARGETS = ["values", "objects", "conf", "compose"] as const;

export type Target = (typeof TARGETS)[number];

/** A rendered file: text, or documents that are written as YAML. */
export type RenderedFile =
  | { readonly path: string; readonly text: string }
  | { readonly path: string; readonly documents: readonly unknown[] };

type Render = (spec: ClusterSpec, machines: Machines) => RenderedFile[];

const texts = (files: Readonly<Record<string, string>>) =>
  Object.entries(files).map(([path, text]): RenderedFile => ({ path, text }));

const RENDERERS: Readonly<Record<Target, Render>> = {
  values: (spec) => [{ path: "values.yaml", documents: [helmValues(spec)] }],
  objects: (spec) => [{ path: "objects.yaml", documents: kubernetesObjects(spec) }],
  conf: (spec, machines) => texts(confFiles(spec, machines)),
  compose: (spec) => {
    const { compose, files } = composeFile(spec);
    return [{ path: "compose.yaml", documents: [compose] }, ...texts(files)];
  },
};

/** A cluster as files. Throws findings for what a target cannot have. */
export function renderCluster(spec: ClusterSpec, target: Target, machines: Machines = {}): RenderedFile[] {
  return RENDERERS[target](spec, machines);
}

/** The objects a cluster needs on Kubernetes beside the chart's: certificates, the witness. */
export function kubernetesObjects(spec: ClusterSpec) {
  return [...certificateObjects(spec), ...witnessObjects(spec)];
}
