import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { remoteTlsSecretName } from "./names";
import { remoteCredentialsFolder, remoteTlsFolder } from "./place";
import type { SecretRefs } from "./secret-refs";

/** A Secret as a folder of the container. */
export interface Mount {
  readonly volume: { readonly name: string; readonly secret: { readonly secretName: string } };
  readonly mount: { readonly name: string; readonly mountPath: string };
}

/** Credentials and certificates toward the hubs this cluster connects to. */
export function remoteMounts(spec: ClusterSpec, refs: SecretRefs): Mount[] {
  return (spec.leafNodes?.remotes ?? []).flatMap(({ credentials }, i) => {
    const path = `leafNodes.remotes[${i}].credentials`;
    const login = credentials && refs.find(path, credentials)?.secretName;
    const tls = remoteTlsSecretName(spec, i);
    return [
      ...(login ? [secretMount(`leaf-remote-${i}-creds`, login, remoteCredentialsFolder(i))] : []),
      ...(tls ? [secretMount(`leaf-remote-${i}-tls`, tls, remoteTlsFolder(i))] : []),
    ];
  });
}

/** Mounts a Secret. */
export function secretMount(name: string, secretName: string, mountPath: string): Mount {
  return { volume: { name, secret: { secretName } }, mount: { name, mountPath } };
}
