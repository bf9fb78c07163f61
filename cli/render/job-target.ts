import { HeadwaterError } from "../../model/finding";
import { type ProvisioningJobArgs, provisioningJob } from "../../render/job/provisioning-job";
import type { RenderOptions } from "./render-options";
import { topologyTarget } from "./topology-target";

/** A Job that applies the topology. */
export const jobTarget = topologyTarget(
  "a Kubernetes Job that runs headwater apply, with its ConfigMap and ServiceAccount",
  ["image", "name", "namespace", "natsServer", "user", "secret", "owner", "prune"],
  ({ set }, options) => {
    try {
      const objects = provisioningJob(argsOf(options, set.topology));
      return { files: [{ path: "job.yaml", documents: objects }], findings: [] };
    } catch (error) {
      if (error instanceof HeadwaterError) return { files: [], findings: error.findings };
      throw error;
    }
  },
);

// What is missing or does not fit together is said by whoever makes the job.
function argsOf(options: RenderOptions, topology: ProvisioningJobArgs["topology"]): ProvisioningJobArgs {
  const { image, name = "headwater", namespace, natsServer, user, secret = {}, owner, prune } = options;
  const { password, creds, nkey, token, "tls-ca": ca, "tls-cert": cert, "tls-key": key } = secret;
  const login = {
    ...(user !== undefined && { user }),
    ...(password && { password }),
    ...(creds && { creds }),
    ...(nkey && { nkey }),
    ...(token && { token }),
  };
  const tls = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
  const args = {
    name,
    topology,
    ...(image !== undefined && { image }),
    ...(namespace !== undefined && { namespace }),
    ...(natsServer && { servers: natsServer }),
    ...(Object.keys(login).length > 0 && { login }),
    ...(Object.keys(tls).length > 0 && { tls }),
    ...(owner !== undefined && { owner }),
    ...(prune && { prune }),
  };
  return args as ProvisioningJobArgs;
}
