import type * as pulumi from "@pulumi/pulumi";
import type { ClusterSpec } from "../../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../../model/cluster/effective";
import { parseBytes } from "../../../model/units";
import { quantityOf } from "../../../render/kubernetes/quantity";
import { kubernetesSdk } from "./kubernetes-sdk";

/** Name of a server's volume claim, as the chart makes it. */
export const claimName = (cluster: string, index: number) => `${cluster}-js-${cluster}-${index}`;

const KEY_ANNOTATION = "headwater.dev/encryption-key";

/**
 * Asks for the size the volumes are to have, where they were made smaller. The claims' template cannot be changed: the claims
 * themselves can, and file systems grow while servers run where the storage class allows it. `key` is what the servers store
 * with: another one comes with claims that are made anew, with their first size.
 */
export function resizedVolumes(
  name: string,
  spec: ClusterSpec,
  key: pulumi.Input<string> | undefined,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const { volume } = spec.jetstream ?? {};
  if (!volume?.initialSize || parseBytes(volume.initialSize) === parseBytes(volume.size)) return [];
  const { size, namespace } = effectiveCluster(spec);
  const { PersistentVolumeClaimPatch } = kubernetesSdk().core.v1;
  const storage = quantityOf(volume.size);
  const annotations = { "pulumi.com/patchForce": "true", ...(key !== undefined && { [KEY_ANNOTATION]: key }) };
  return Array.from(
    { length: size },
    (_, i) =>
      new PersistentVolumeClaimPatch(
        `${name}-volume-${i}`,
        {
          metadata: { name: claimName(spec.name, i), namespace, annotations },
          spec: { resources: { requests: { storage } } },
        },
        // The claim stays as it is when the patch goes: it belongs to the server.
        { ...opts, retainOnDelete: true },
      ),
  );
}
