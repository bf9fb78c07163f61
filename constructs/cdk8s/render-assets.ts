import type { Construct } from "constructs";
import type { Finding } from "../../model/finding";
import { type AssetToRender, nackResources } from "../../render/nack/nack-topology";
import type { Entry, Managed } from "./entry";
import { judgeEdit } from "./judge-edit";

/** The resource of a construct's asset. */
export interface RenderedEntry {
  readonly construct: Construct;
  /** `spec` of the resource. */
  readonly spec: unknown;
  /** What it could not say, and what stands against its edit. */
  readonly findings: readonly Finding[];
}

interface ManagedEntry {
  readonly entry: Entry;
  readonly managed: Managed;
  readonly asset: AssetToRender["asset"];
}

/** Renders every asset of an app beside the other assets of its account. */
export function renderAssets(entries: readonly Entry[]): RenderedEntry[] {
  return [...Map.groupBy(entries, ({ account }) => account).values()].flatMap(renderAccount);
}

function renderAccount(entries: readonly Entry[]): RenderedEntry[] {
  const own = managedIn(entries);
  const beside = entries.flatMap(({ managed, assets = [] }) =>
    managed ? [] : assets.filter(({ shape }) => shape.length === 0),
  );
  const render = (more: (i: number) => object) =>
    nackResources(
      own.map(({ asset, managed: { options } }, i) => ({ asset, options: { ...options, ...more(i) } })),
      beside,
    );
  const unjudged = render(() => ({}));
  const edits = unjudged.map(({ object }, i) => {
    const { managed, entry } = own[i] as ManagedEntry;
    return judgeEdit(object, managed, entry.server?.version);
  });
  const resources = render((i) => ({ judged: edits[i]?.judged }));
  return own.map(({ entry: { construct } }, i) => ({
    construct,
    spec: resources[i]?.object.spec,
    findings: [...(resources[i]?.findings ?? []), ...(edits[i]?.findings ?? [])],
  }));
}

// Of an asset with a wrong shape there is nothing to render: that ends the synthesis.
function managedIn(entries: readonly Entry[]): ManagedEntry[] {
  return entries.flatMap((entry) =>
    (entry.assets ?? []).flatMap((asset) =>
      entry.managed && asset.shape.length === 0 ? [{ entry, asset, managed: entry.managed }] : [],
    ),
  );
}
