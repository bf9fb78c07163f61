import { jobLogin } from "./job-login";
import type { ProvisioningJobArgs } from "./provisioning-job-args";

/** User and group of the container: nobody's on the node. The image has the same. */
const USER = 65532;
const TOPOLOGY_FOLDER = "/etc/headwater/topology";

/** The pod of a provisioning job, for a ServiceAccount and a ConfigMap: no privilege, nothing it can write. */
export function jobPod(args: ProvisioningJobArgs, file: string) {
  const login = jobLogin(args);
  const command = [
    "apply",
    `${TOPOLOGY_FOLDER}/${file}`,
    "--server",
    args.servers.join(","),
    ...login.args,
    ...(args.owner ? ["--owner", args.owner] : []),
    ...(args.adopt ? ["--adopt"] : []),
    ...(args.prune ? ["--prune"] : []),
    ...(args.timeout ? ["--timeout", args.timeout] : []),
    "--no-color",
  ];
  return (serviceAccountName: string, configMap: string) => ({
    serviceAccountName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    restartPolicy: "Never",
    imagePullSecrets: args.imagePullSecrets?.map((name) => ({ name })),
    securityContext: {
      runAsNonRoot: true,
      runAsUser: USER,
      runAsGroup: USER,
      fsGroup: USER,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containers: [
      {
        name: "headwater",
        image: args.image,
        imagePullPolicy: args.imagePullPolicy,
        args: command,
        securityContext: {
          allowPrivilegeEscalation: false,
          privileged: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
        resources: args.resources ?? {
          requests: { cpu: "50m", memory: "128Mi" },
          limits: { memory: "512Mi" },
        },
        volumeMounts: [{ name: "topology", mountPath: TOPOLOGY_FOLDER, readOnly: true }, ...login.mounts],
      },
    ],
    volumes: [{ name: "topology", configMap: { name: configMap } }, ...login.volumes],
  });
}
