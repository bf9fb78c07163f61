import { declaredName } from "../../model/declared";
import type { Finding } from "../../model/finding";
import { metadataName } from "./metadata-name";
import type { AssetToRender } from "./nack-topology";
import type { RenderedAsset, RenderedAssets } from "./rendered-assets";

/**
 * Assets NACK would delete with their resources, when whoever applies manifests removes what is not rendered any more: those
 * with `onDelete: "delete"`. One that another resource declares now is an error: nobody means to empty it.
 */
export function removals(previous: RenderedAssets, next: readonly AssetToRender[]): Finding[] {
  const resources = Map.groupBy(next, ({ asset, options }) => `${asset.kind} ${options.name ?? metadataName(asset)}`);
  const assets = Map.groupBy(next, ({ asset }) => `${asset.kind} ${declaredName(asset)}`);
  return previous.all.flatMap((before) => {
    const { declared, namespace, resource } = before;
    if (declared.onDelete !== "delete") return [];
    const stays = (resources.get(`${declared.kind} ${resource}`) ?? []).some(
      ({ options }) => namespace === undefined || options.namespace === undefined || options.namespace === namespace,
    );
    if (stays) return [];
    const heir = (assets.get(`${declared.kind} ${declaredName(declared)}`) ?? []).find(({ asset, options }) => {
      const known = previous.find(asset, options);
      return known === undefined || known === before;
    });
    return [heir ? movedFinding(before, heir) : goneFinding(before)];
  });
}

const KEEP = 'onDelete "retain", apply that, then';

function goneFinding({ declared }: RenderedAsset): Finding {
  return {
    code: "NK401",
    severity: "warning",
    kind: declared.kind,
    name: declaredName(declared),
    field: "",
    problem: 'is not declared any more, and onDelete is "delete": it goes with everything in it',
    remedy: `To keep it, declare it again with ${KEEP} remove it.`,
  };
}

function movedFinding({ declared, resource, namespace }: RenderedAsset, { asset, options }: AssetToRender): Finding {
  const [from, to] = [
    { name: resource, namespace },
    { name: options.name ?? metadataName(asset), namespace: options.namespace },
  ].map((one) => JSON.stringify([one.namespace, one.name].filter((part) => part !== undefined).join("/")));
  return {
    code: "NK402",
    severity: "error",
    kind: declared.kind,
    name: declaredName(declared),
    field: "metadata.name",
    problem: `${from} -> ${to} makes another resource, and onDelete is "delete": NACK deletes the asset, with everything in it, when the old one goes`,
    remedy: `Keep the name and the namespace of the resource, or render it once more with ${KEEP} move it.`,
  };
}
