/** A Service in Kubernetes to reach servers through. */
export interface PortForwardSettings {
  readonly namespace: string;
  readonly service: string;
  /** Port of the Service. */
  readonly port: number;
  /** Context of the kubeconfig; its current one where not set. */
  readonly context?: string;
  /** Path or text of a kubeconfig; where not set, as `kubectl` finds it. */
  readonly kubeconfig?: string;
}

const ADDRESS = /^([a-z0-9]([-a-z0-9]*[a-z0-9])?)\/([a-z]([-a-z0-9]*[a-z0-9])?):(\d{1,5})$/;

/** Reads `NAMESPACE/SERVICE:PORT`; `undefined` when it is something else. */
export function parsePortForward(
  text: string,
): Pick<PortForwardSettings, "namespace" | "service" | "port"> | undefined {
  const [, namespace, , service, , digits] = ADDRESS.exec(text) ?? [];
  const port = Number(digits);
  if (!namespace || !service || !(port >= 1 && port <= 65_535)) return undefined;
  return { namespace, service, port };
}
