import type { Finding } from "../../model/finding";
import type { TopologySpec } from "../../model/topology-spec";
import { declaredIn, preflight } from "../../preflight/preflight";
import type { ApplyAsset } from "../../provider/apply/apply-plan";
import type { RenderedFile } from "../../render/render-cluster";
import { checkAllowed } from "../check-allowed";
import { Trouble } from "../exit-codes";
import type { Io } from "../io";
import type { RenderOptions } from "./render-options";
import { type DeclaredFile, isError, type Target } from "./target";

/** What rendering a topology gave: findings are about its assets. */
export interface TopologyRendering {
  readonly files: readonly RenderedFile[];
  readonly findings: readonly Finding[];
}

type Render = (
  declared: DeclaredFile,
  options: RenderOptions,
  io: Io,
) => TopologyRendering | Promise<TopologyRendering>;

/** The assets as acknowledgments are about them. */
type Acknowledged = (topology: TopologySpec, options: RenderOptions) => readonly ApplyAsset[];

const asDeclared: Acknowledged = (topology) => declaredIn(topology) as ApplyAsset[];

/** Something a topology is rendered to, once nothing of it would be refused. */
export function topologyTarget(
  says: string,
  options: Target["options"],
  render: Render,
  acknowledged: Acknowledged = asDeclared,
): Target {
  return {
    renders: "topology",
    says,
    options,
    render: async (declared, told, io) => {
      const { file, set } = declared;
      if (set.assets.length === 0)
        throw new Trouble(`${file} declares no topology. Add a document with kind: Topology.`);
      const found = preflight(set.topology);
      const judged = found.some(isError) ? found : [...found, ...checkAllowed(acknowledged(set.topology, told))];
      if (judged.some(isError)) return { files: [], findings: set.locate(judged) };
      const { files, findings } = await render(declared, told, io);
      return { files, findings: set.locate([...judged, ...findings]) };
    },
  };
}
