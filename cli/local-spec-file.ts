import { localHome } from "../local/home";
import { defaultSpec } from "../local/local-spec";
import { readState } from "../local/state";
import { readClusters } from "../model/cluster/cluster-file";
import type { ClusterSpec } from "../model/cluster/cluster-spec";
import { effectiveCluster } from "../model/cluster/effective";
import { type Finding, HeadwaterError } from "../model/finding";
import { fileFinding } from "../model/topology-source";
import { preflightCluster } from "../preflight/cluster/preflight-cluster";
import type { Io } from "./io";
import type { LocalOptions } from "./local-options";
import { readSources } from "./read-sources";

/** The cluster to run, and the warnings about it: of a file, as it was with another size, or as it was. */
export async function wantedSpec(
  options: LocalOptions,
  root: string,
  name: string,
  io: Io,
): Promise<{ spec: ClusterSpec; warnings: readonly Finding[] }> {
  const spec = options.spec ? await specOf(options.spec, options.name, io) : specOfSize(options, root, name);
  const found = preflightCluster(spec);
  const errors = found.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new HeadwaterError(errors);
  return { spec, warnings: options.spec ? found : [] };
}

function specOfSize({ size }: LocalOptions, root: string, name: string): ClusterSpec {
  const before = readState(localHome(root, name))?.spec;
  if (!before) return defaultSpec(name, Number(size ?? 1));
  if (size === undefined) return before;
  const { standalone: _, ...rest } = before;
  // A cluster stays one at every size.
  return { ...rest, size: Number(size), ...(!effectiveCluster(before).standalone && { standalone: false }) };
}

async function specOf(file: string, name: string | undefined, io: Io): Promise<ClusterSpec> {
  const { sources, findings } = await readSources([file], io);
  const set = readClusters(sources);
  const found = [...findings, ...set.findings];
  if (found.length > 0) throw new HeadwaterError(found);
  const named = set.clusters.filter((cluster) => name === undefined || cluster.name === name);
  const [only] = named;
  if (only && named.length === 1) return only.spec;
  const names = set.clusters.map((cluster) => `"${cluster.name}"`).join(", ");
  const [problem, remedy] =
    names === ""
      ? ["declares no cluster", "Declare one: kind: Cluster, or export defineCluster({…})."]
      : named.length === 0
        ? [`declares no cluster "${name}"`, `Name one of those it declares: ${names}.`]
        : [`declares ${named.length} clusters`, `Name one with --name: ${names}.`];
  throw new HeadwaterError([fileFinding({ file }, "LC118", "", problem, remedy)]);
}
