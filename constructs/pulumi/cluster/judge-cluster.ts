import * as pulumi from "@pulumi/pulumi";
import { HeadwaterError } from "../../../model/finding";
import { preflightCluster } from "../../../preflight/cluster/preflight-cluster";
import { helmValues } from "../../../render/helm-values";
import type { NatsClusterArgs } from "../nats-cluster-args";
import { report } from "../report";
import type { CompleteSpec } from "./complete-spec";
import { kubernetesSdk } from "./kubernetes-sdk";
import { specToJudge } from "./parts";
import { clusterUsers } from "./users";

/** Says everything that is wrong with a cluster before anything is made. */
export function judgeCluster(name: string, complete: CompleteSpec, args: NatsClusterArgs): void {
  const spec = specToJudge(complete, args);
  report(preflightCluster(spec));
  try {
    helmValues(spec);
  } catch (error) {
    if (error instanceof HeadwaterError) throw new pulumi.RunError(error.message);
    throw error;
  }
  const { client } = args.tls ?? {};
  const asked = (client?.verify || client?.verifyAndMap) && client.secretName !== undefined && !args.clientCertificate;
  const connects = complete.passwords.length > 0 || clusterUsers(spec, args, {}).length > 0;
  if (asked && connects)
    throw new pulumi.RunError(
      `NatsCluster "${name}": tls.client asks for a certificate, and there is none to reach the servers with. Set clientCertificate.`,
    );
  kubernetesSdk();
}
