import { judgeEdits } from "../../changes/judge-edits";
import { type Declared, declaredName } from "../../model/declared";
import type { Finding } from "../../model/finding";
import type { TopologySpec } from "../../model/topology-spec";
import { declaredIn } from "../../preflight/preflight";
import type { ApplyAsset } from "../../provider/apply/apply-plan";
import { metadataNames } from "../../render/nack/metadata-name";
import { assetsAsRendered, nackTopology } from "../../render/nack/nack-topology";
import { removals } from "../../render/nack/removals";
import { type RenderedAssets, renderedAssets } from "../../render/nack/rendered-assets";
import { takenOver } from "../../render/nack/taken-over";
import { unsettableEdits } from "../../render/nack/unsettable";
import type { Io } from "../io";
import { readPrevious } from "./read-previous";
import type { RenderOptions } from "./render-options";
import { type TopologyRendering, topologyTarget } from "./topology-target";

/** Resources of NACK, edits of them judged against what was rendered before. */
export const nackTarget = topologyTarget(
  "resources of NACK, one for each asset",
  ["namespace", "account", "natsServer", "previous", "updates"],
  async ({ set }, options, io) => renderNack(set.topology, options, io),
  (topology, options) => acknowledgedAssets(topology, nackOptions(options)),
);

async function renderNack(topology: TopologySpec, options: RenderOptions, io: Io): Promise<TopologyRendering> {
  const common = nackOptions(options);
  const previous =
    options.previous === undefined ? undefined : renderedAssets(await readPrevious(options.previous, io));
  const { judged, findings } = previous ? judge(topology, previous, common) : { judged: new Set(), findings: [] };
  const made = nackTopology(topology, { ...common, of: (asset) => ({ judged: judged.has(keyOf(asset)) }) });
  return {
    files: [{ path: "nack.yaml", documents: made.objects }],
    findings: [...made.findings, ...findings],
  };
}

type Common = ReturnType<typeof nackOptions>;

function nackOptions({ namespace, updates, account, natsServer }: RenderOptions) {
  const connection = account !== undefined ? { account } : natsServer && { servers: natsServer };
  return {
    ...(namespace !== undefined && { namespace }),
    ...(updates && { updates }),
    ...(connection && { connection }),
  };
}

const keyOf = (asset: Pick<Declared, "kind" | "spec">) => `${asset.kind} ${declaredName(asset)}`;

/** With what other assets imply: edits of that are acknowledged too. */
function acknowledgedAssets(topology: TopologySpec, common: Common): ApplyAsset[] {
  const allow = new Map(declaredIn(topology).map((asset) => [keyOf(asset), asset.allow as ApplyAsset["allow"]]));
  return assetsAsRendered(topology, common).map((asset) => ({ ...asset, allow: allow.get(keyOf(asset)) }));
}

/** What may be edited, and what stands against edits and against what goes. */
function judge(topology: TopologySpec, previous: RenderedAssets, common: Common) {
  const assets = declaredIn(topology);
  const names = metadataNames(assets);
  const gone = removals(
    previous,
    assets.map((asset, i) => ({ asset, options: { ...common, name: names[i] } })),
  );
  // Where every edit may be made nobody asked for a judgment, and where none may be made there is nothing to refuse.
  if ((common.updates ?? "guarded") !== "guarded") return { judged: new Set<string>(), findings: gone };
  const before = new Map(assets.map((asset) => [keyOf(asset), previous.find(asset, common)]));
  const next = acknowledgedAssets(topology, common);
  const allow = next.flatMap((asset) => (asset.allow ?? []).map((said) => ({ ...said, asset: declaredName(asset) })));
  const { edits, findings } = judgeEdits(
    [...before.values()].flatMap((one) => (one ? [one.declared] : [])),
    next,
    { allow, against: unsettableEdits },
  );
  const judged = edits.filter((edit) => edit.judged).map(({ kind, name }) => `${kind} ${name}`);
  const handed = judged.flatMap((key): Finding[] => {
    const one = before.get(key);
    return one ? takenOver(one) : [];
  });
  return {
    judged: new Set(judged),
    findings: [...edits.flatMap((edit) => edit.findings), ...findings, ...handed, ...gone],
  };
}
