import type { Finding } from "../../model/finding";
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

/** Something a topology is rendered to, once nothing of it would be refused. */
export function topologyTarget(says: string, options: Target["options"], render: Render): Target {
  return {
    renders: "topology",
    says,
    options,
    render: async (declared, told, io) => {
      const { file, set } = declared;
      if (set.assets.length === 0)
        throw new Trouble(`${file} declares no topology. Add a document with kind: Topology.`);
      const found = preflight(set.topology);
      const judged = found.some(isError)
        ? found
        : [...found, ...checkAllowed(declaredIn(set.topology) as ApplyAsset[])];
      if (judged.some(isError)) return { files: [], findings: set.locate(judged) };
      const { files, findings } = await render(declared, told, io);
      return { files, findings: set.locate([...judged, ...findings]) };
    },
  };
}
