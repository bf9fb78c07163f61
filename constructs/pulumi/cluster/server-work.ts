import * as pulumi from "@pulumi/pulumi";
import { typeTokens } from "../../../model/type-tokens";
import { defined, type Props, providerCode } from "../dynamic-resource";

/** Judges an edit of a cluster, and empties servers that are to go, before Kubernetes is told. */
export class ClusterChange extends pulumi.CustomResource {
  constructor(name: string, props: Props, opts: pulumi.CustomResourceOptions) {
    super(typeTokens.clusterChange, name, { ...defined(props), __provider: providerCode("clusterChange") }, opts);
  }
}

/** Brings the servers to what Kubernetes was told, one at a time, and forgets those that are gone. */
export class ClusterMembers extends pulumi.CustomResource {
  constructor(name: string, props: Props, opts: pulumi.CustomResourceOptions) {
    super(typeTokens.clusterMembers, name, { ...defined(props), __provider: providerCode("clusterMembers") }, opts);
  }
}
