import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { judgeEdits } from "../../changes/judge-edits";
import type { Acknowledgment } from "../../model/acknowledgment";
import { type Declared, declaredName } from "../../model/declared";
import type { TopologySpec } from "../../model/topology-spec";
import { readTopologyText } from "../../model/topology-text";
import { isObject } from "../../model/walk";
import { declaredIn } from "../../preflight/preflight";
import { fromNack } from "../../render/nack/from-nack";
import { nackTopology } from "../../render/nack/nack-topology";
import { Trouble } from "../exit-codes";
import type { Io } from "../io";
import type { RenderOptions } from "./render-options";
import { type TopologyRendering, topologyTarget } from "./topology-target";

/** Resources of NACK, edits of them judged against what was rendered before. */
export const nackTarget = topologyTarget(
  "resources of NACK, one for each asset",
  ["namespace", "account", "natsServer", "previous", "updates"],
  async ({ set }, options, io) => renderNack(set.topology, options, io),
);

async function renderNack(topology: TopologySpec, options: RenderOptions, io: Io): Promise<TopologyRendering> {
  const next = declaredIn(topology) as (Declared & { readonly allow?: readonly Acknowledgment[] })[];
  const allow = next.flatMap((asset) => (asset.allow ?? []).map((said) => ({ ...said, asset: declaredName(asset) })));
  const previous = options.previous === undefined ? [] : await declaredBefore(options.previous, io);
  const { edits, findings } = judgeEdits(previous, next, { allow });
  const judged = new Set(edits.filter((edit) => edit.judged).map(({ kind, name }) => `${kind} ${name}`));
  // Where every edit may be made nobody asked for a judgment, and where none may be made there is nothing to refuse.
  const guarded = (options.updates ?? "guarded") === "guarded" && options.previous !== undefined;
  const { namespace, updates } = options;
  const connection = connectionOf(options);
  const made = nackTopology(topology, {
    ...(namespace !== undefined && { namespace }),
    ...(updates && { updates }),
    ...(connection && { connection }),
    of: (asset) => ({ judged: judged.has(`${asset.kind} ${declaredName(asset)}`) }),
  });
  const against = guarded ? [...edits.flatMap((edit) => edit.findings), ...findings] : [];
  return {
    files: [{ path: "nack.yaml", documents: made.objects }],
    findings: [...made.findings, ...against],
  };
}

function connectionOf({ account, natsServer }: RenderOptions) {
  if (account !== undefined) return { account };
  return natsServer && { servers: natsServer };
}

// What was rendered before is the only record of what the controller was told.
async function declaredBefore(file: string, io: Io): Promise<Declared[]> {
  const text = await readFile(resolve(io.cwd, file), "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new Trouble(`--previous: cannot read ${file} (${error.code}).`);
  });
  const { sources, findings } = readTopologyText(file, text);
  const [broken] = findings;
  if (broken) throw new Trouble(`--previous: ${file} ${broken.problem}. ${broken.remedy}`);
  const objects = sources.flatMap(({ value }) =>
    isObject(value) && Array.isArray(value.items) ? value.items : [value],
  );
  return objects.filter(isObject).flatMap((object) => {
    const { declared } = fromNack(object);
    return declared ? [declared] : [];
  });
}
