import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../model/cluster/effective";
import { tlsSecretName } from "../kubernetes/names";
import type { Values } from "./chart-value";

const FOLDER = "/etc/nats-certs/authority";

/** A pod with the `nats` command, which knows the servers' address and authority. It has no login. */
export function boxValues(spec: ClusterSpec): Values {
  if (!spec.kubernetes?.natsBox) return { enabled: false };
  const secretName = tlsSecretName(spec, "client");
  const url = `nats://${spec.name}:${effectiveCluster(spec).ports.client}`;
  // The certificate alone: the key is the servers'.
  const secret = { secretName, items: [{ key: "ca.crt", path: "ca.crt" }] };
  const volume = { op: "add", path: "/spec/volumes/-", value: { name: "authority", secret } };
  const mount = { op: "add", path: "/volumeMounts/-", value: { name: "authority", mountPath: FOLDER } };
  return {
    enabled: true,
    contexts: { default: { merge: { url, ca: secretName && `${FOLDER}/ca.crt` } } },
    podTemplate: secretName && { patch: [volume] },
    container: secretName && { patch: [mount] },
  };
}
