import { ApiObject, Chart } from "cdk8s";
import { Construct } from "constructs";
import { type Finding, HeadwaterError } from "../../model/finding";
import { declaredIn, shapeOf } from "../../preflight/preflight";
import { type ProvisioningJobArgs, provisioningJob } from "../../render/job/provisioning-job";
import type { KubernetesObject } from "../../render/kubernetes/kubernetes-object";
import { accountKey } from "../../render/nack/connection";
import { defaultsOf } from "./defaults";
import { register } from "./registry";

export interface ProvisioningJobProps extends Omit<ProvisioningJobArgs, "name"> {
  /**
   * Begins the names of everything that is made: small letters, digits and hyphens, at most 40.
   * @default - the construct's id
   */
  readonly name?: string;
}

/**
 * Applies a topology from inside the cluster, where no controller does: a Job that runs `headwater apply`. Its topology is
 * judged with the app, as one set with whatever else is declared for the same servers.
 *
 * @example
 * new hw.ProvisioningJob(this, "provision", { image: "registry.example/headwater:0.1.0", servers: [cluster.url], topology });
 */
export class ProvisioningJob extends Construct {
  constructor(scope: Construct, id: string, props: ProvisioningJobProps) {
    super(scope, id);
    const namespace = props.namespace ?? Chart.of(this).namespace;
    const { objects, findings } = rendered({ ...props, name: props.name ?? id, ...(namespace && { namespace }) });
    for (const object of objects) new ApiObject(this, object.kind, object);
    const { topology, servers, domain } = props;
    register({
      construct: this,
      findings,
      account: accountKey({ servers, ...(domain && { jsDomain: domain }) }, namespace),
      assets: declaredIn(topology).map((declared) => ({ ...declared, shape: shapeOf(declared) })),
      external: topology.external,
      server: defaultsOf(this).server,
    });
  }
}

function rendered(args: ProvisioningJobArgs): { objects: readonly KubernetesObject[]; findings: readonly Finding[] } {
  try {
    return { objects: provisioningJob(args), findings: [] };
  } catch (error) {
    if (error instanceof HeadwaterError) return { objects: [], findings: error.findings };
    throw error;
  }
}
