import { HeadwaterError } from "../../model/finding";
import type { PortForwardSettings } from "../port-forward-settings";
import type { CoreApi } from "./client";
import { forwardFinding } from "./forward-finding";

type V1Service = Awaited<ReturnType<CoreApi["readNamespacedService"]>>;
type V1Pod = Awaited<ReturnType<CoreApi["listNamespacedPod"]>>["items"][number];

/** Where a connection goes. */
export interface PodPort {
  readonly pod: string;
  readonly port: number;
}

/** The ready pods behind a Service, with the port of each. Throws where there is none. */
export async function findPods(api: CoreApi, target: PortForwardSettings): Promise<PodPort[]> {
  const { namespace, service: name } = target;
  const service = await api.readNamespacedService({ name, namespace });
  const labelSelector = selectorOf(service);
  if (!labelSelector) throw noService(target, "has no selector, so there are no pods behind it");
  const port = (service.spec?.ports ?? []).find((each) => each.port === target.port);
  if (!port) throw noService(target, `has no port ${target.port}`);
  const { items } = await api.listNamespacedPod({ namespace, labelSelector });
  const ready = items.filter(isReady).flatMap((pod) => podPort(pod, port.targetPort ?? target.port));
  if (ready.length > 0) return ready;
  throw new HeadwaterError([
    forwardFinding(
      "CN111",
      nameOf(target),
      `no pod behind the Service is ready (${items.length} found)`,
      "Check the pods; nats:connectTimeout waits longer.",
    ),
  ]);
}

/** `NAMESPACE/SERVICE:PORT`, as the setting has it. */
export function nameOf({ namespace, service, port }: PortForwardSettings): string {
  return `${namespace}/${service}:${port}`;
}

function noService(target: PortForwardSettings, problem: string): HeadwaterError {
  return new HeadwaterError([
    forwardFinding("CN110", nameOf(target), `the Service ${problem}`, "Check nats:portForward."),
  ]);
}

function selectorOf({ spec }: V1Service): string {
  return Object.entries(spec?.selector ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
}

function isReady({ metadata, status }: V1Pod): boolean {
  const ready = status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True");
  return ready === true && metadata?.deletionTimestamp === undefined;
}

function podPort({ metadata, spec }: V1Pod, target: number | string): PodPort[] {
  const named = spec?.containers.flatMap(({ ports }) => ports ?? []).find(({ name }) => name === target)?.containerPort;
  const port = typeof target === "number" ? target : named;
  return metadata?.name && port ? [{ pod: metadata.name, port }] : [];
}
