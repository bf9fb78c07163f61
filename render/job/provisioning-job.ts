import { createHash } from "node:crypto";
import { type Finding, throwFindings } from "../../model/finding";
import { API_VERSION } from "../../model/topology-shape";
import { bigintAsText } from "../../model/walk";
import type { KubernetesObject } from "../kubernetes/kubernetes-object";
import { plain } from "../plain";
import { checkJob } from "./check-job";
import { jobPod } from "./job-pod";
import type { ProvisioningJobArgs } from "./provisioning-job-args";

export type { ProvisioningJobArgs } from "./provisioning-job-args";

// What Kubernetes takes in one ConfigMap, all values together (k8s.io/kubernetes core validation).
const LARGEST_CONFIG_MAP = 1024 * 1024;
const FILE = "topology.json";

/**
 * A Kubernetes Job that runs `headwater apply` on a topology, with the ServiceAccount and the ConfigMap it needs. The names
 * of the Job and the ConfigMap end with a hash of everything the Job does: a changed topology is another Job, and the same
 * one is never run again by applying the same manifests. Nothing secret is in them. Throws findings for what is wrong.
 */
export function provisioningJob(args: ProvisioningJobArgs): KubernetesObject[] {
  throwFindings(checkJob(args));
  const topology = `${JSON.stringify({ apiVersion: API_VERSION, kind: "Topology", ...args.topology }, bigintAsText, 2)}\n`;
  const size = Buffer.byteLength(topology);
  if (size > LARGEST_CONFIG_MAP) throwFindings([tooLarge(args.name, size)]);
  const pod = jobPod(args, FILE);
  const run = {
    backoffLimit: args.backoffLimit ?? 6,
    activeDeadlineSeconds: args.activeDeadlineSeconds ?? 600,
    ttlSecondsAfterFinished: args.ttlSecondsAfterFinished,
  };
  const hash = createHash("sha256")
    .update(JSON.stringify([topology, pod("", ""), run]))
    .digest("hex")
    .slice(0, 10);
  const name = `${args.name}-${hash}`;
  const labels = {
    ...args.labels,
    "app.kubernetes.io/name": "headwater",
    "app.kubernetes.io/instance": args.name,
    "app.kubernetes.io/component": "provisioning",
  };
  const metadata = (own: string) => ({
    name: own,
    namespace: args.namespace,
    labels,
    annotations: args.annotations,
  });
  return plain([
    {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: metadata(args.name),
      automountServiceAccountToken: false,
    },
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: metadata(name),
      // Its name says what is in it.
      immutable: true,
      data: { [FILE]: topology },
    },
    {
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: metadata(name),
      spec: {
        ...run,
        template: {
          metadata: { labels, annotations: args.annotations },
          spec: pod(args.name, name),
        },
      },
    },
  ]);
}

function tooLarge(name: string, size: number): Finding {
  return {
    code: "PJ102",
    severity: "error",
    kind: "provisioning job",
    name,
    field: "topology",
    problem: `has ${size} bytes as JSON, and a ConfigMap holds ${LARGEST_CONFIG_MAP}`,
    remedy: "Split it into several topologies, with a job and an owner for each.",
  };
}
