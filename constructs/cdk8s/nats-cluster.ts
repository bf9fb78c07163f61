import { ApiObject, Chart } from "cdk8s";
import { Construct } from "constructs";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../model/cluster/effective";
import { WAIVE_ANNOTATION } from "../../render/event-bus/to-event-bus";
import { certificateObjects } from "../../render/kubernetes/certificates";
import type { KubernetesObject } from "../../render/kubernetes/kubernetes-object";
import { witnessObjects } from "../../render/kubernetes/witness";
import { judgeCluster } from "./cluster/judge-cluster";
import { renderChart } from "./cluster/render-chart";
import { register } from "./registry";

/** A cluster on Kubernetes, as `ClusterSpec` has it. Secrets are keys of Secrets that exist. */
export interface NatsClusterProps extends Omit<ClusterSpec, "name"> {
  /**
   * Name of the cluster, and of its objects. Identity: another name is another cluster.
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * The `helm` command.
   * @default "helm", from the PATH
   */
  readonly helmExecutable?: string;
  /**
   * Write the namespace too. Whoever deletes it deletes the volumes in it.
   * @default false
   */
  readonly createNamespace?: boolean;
}

/**
 * A NATS cluster: the official chart with values made from the spec, and the Certificates and the witness beside it. The
 * namespace is that of `kubernetes.namespace`, else the chart's, else the cluster's name.
 *
 * @example
 * new hw.NatsCluster(this, "nats", { size: 3, jetstream: { volume: { size: "20GiB" } } });
 */
export class NatsCluster extends Construct {
  /** Name of the cluster. */
  readonly name: string;
  /** Namespace of its objects. */
  readonly namespace: string;
  /** Address for clients in Kubernetes. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: NatsClusterProps = {}) {
    super(scope, id);
    const { helmExecutable, createNamespace = false, ...given } = props;
    const { namespace } = Chart.of(this);
    const kubernetes = { ...(namespace && { namespace }), ...given.kubernetes };
    const spec: ClusterSpec = { ...given, name: given.name ?? id, kubernetes };
    const { findings, values } = judgeCluster(spec);
    // What is misshapen is reported, not read.
    const sound = values ? spec : { name: String(spec.name) };
    this.name = sound.name;
    this.namespace = effectiveCluster(sound).namespace;
    this.url = clusterUrl(sound);
    const failed = values ? this.#render(spec, values, createNamespace, helmExecutable) : [];
    register({ construct: this, findings: [...findings, ...failed], cluster: spec });
  }

  #render(spec: ClusterSpec, values: object, createNamespace: boolean, helmExecutable: string | undefined) {
    const { namespace: name } = this;
    const own = [
      ...(createNamespace ? [{ apiVersion: "v1", kind: "Namespace", metadata: { name } }] : []),
      ...certificateObjects(spec),
      ...witnessObjects(spec),
    ];
    for (const object of own) addObject(this, object);
    const findings = renderChart(this, spec, values as never, helmExecutable);
    this.#annotate(spec);
    return findings;
  }

  // Where whoever judges manifests looks for it.
  #annotate({ name, waive = [] }: ClusterSpec): void {
    if (waive.length === 0) return;
    for (const { kind, metadata } of this.node.findAll().filter((each) => ApiObject.isApiObject(each)))
      if (kind === "StatefulSet" && metadata.name === name)
        metadata.addAnnotation(WAIVE_ANNOTATION, JSON.stringify(waive));
  }
}

function addObject(scope: Construct, object: KubernetesObject): ApiObject {
  return new ApiObject(scope, `${object.kind}-${object.metadata.name}`, object);
}

function clusterUrl(spec: ClusterSpec): string {
  const { namespace, ports } = effectiveCluster(spec);
  const domain = spec.kubernetes?.clusterDomain ?? "cluster.local";
  return `${spec.tls?.client ? "tls" : "nats"}://${spec.name}.${namespace}.svc.${domain}:${ports.client}`;
}
