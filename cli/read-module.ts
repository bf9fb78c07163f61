import { looksLikeCluster } from "../model/cluster/cluster-file";
import { looksLikeEventBus } from "../model/event-bus/event-bus-file";
import type { LocatedFinding } from "../model/place";
import { looksLikeTopology } from "../model/topology-shape";
import { fileFinding, type ReadSources } from "../model/topology-source";
import { isObject } from "../model/walk";
import { loadModule } from "./load-module";

/** Runs a module and takes every topology, cluster and event bus it exports. */
export async function readTopologyModule(file: string, path: string): Promise<ReadSources> {
  const failed = (problem: string, remedy: string): ReadSources => {
    const finding: LocatedFinding = fileFinding({ file }, "TF107", "", problem, remedy);
    return { sources: [], findings: [finding] };
  };
  const loaded = await loadModule(path);
  if ("problem" in loaded) return failed(loaded.problem, loaded.remedy);
  const values = exportedSets(loaded.exports);
  if (values.length === 0)
    return failed("exports no topology and no cluster", "Export one: export default defineTopology({ streams: {…} }).");
  const place = () => ({ file });
  return { sources: values.map((value) => ({ file, value, place, isProgram: true })), findings: [] };
}

/** The topologies, clusters and event buses among a module's exports, each once; a CommonJS module's are below its default export. */
export function exportedSets(exports: Readonly<Record<string, unknown>>): unknown[] {
  const found = Object.entries(exports).flatMap(([name, value]) => {
    if (looksLikeTopology(value) || looksLikeEventBus(value) || looksLikeCluster(value)) return [value];
    return (name === "default" || name === "module.exports") && isObject(value) ? exportedSets(value) : [];
  });
  return [...new Set(found)];
}
