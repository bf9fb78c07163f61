import type { TopologySpec } from "../../model/topology-spec";
import type { ProvisioningJobSettings } from "./provisioning-job-spec";

/** What a provisioning job is told, and the topology it applies. */
export type ProvisioningJobArgs = ProvisioningJobSettings & {
  readonly topology: TopologySpec;
};
