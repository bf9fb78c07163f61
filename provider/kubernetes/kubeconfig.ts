import { HeadwaterError } from "../../model/finding";
import type { PortForwardSettings } from "../port-forward-settings";
import type { KubeConfig, KubernetesClient } from "./client";
import { forwardFinding } from "./forward-finding";

// What the client falls back to when it finds no kubeconfig: nobody means it.
const NOWHERE = "http://localhost:8080";

/** The kubeconfig to use, with its context chosen. Throws what is wrong with it; never its text, which holds secrets. */
export function readKubeConfig(client: KubernetesClient, { kubeconfig, context }: PortForwardSettings): KubeConfig {
  const config = new client.KubeConfig();
  const fail = (problem: string, remedy: string) =>
    new HeadwaterError([forwardFinding("CN108", "nats", problem, remedy)]);
  try {
    load(config, kubeconfig);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = code ? `cannot be read (${code})` : "is not a kubeconfig";
    throw fail(`${originOf(kubeconfig)} ${what}`, "Give the path or the text of a kubeconfig.");
  }
  if (context) config.setCurrentContext(context);
  const cluster = config.getCurrentCluster();
  if (!cluster || (!kubeconfig && !process.env.KUBECONFIG && cluster.server === NOWHERE)) {
    throw config.getContexts().length === 0 || cluster
      ? fail("there is no kubeconfig", "Set KUBECONFIG, or the port-forward's kubeconfig.")
      : fail(
          `${originOf(kubeconfig)} has no context "${config.getCurrentContext()}"`,
          `It has ${config
            .getContexts()
            .map(({ name }) => `"${name}"`)
            .join(", ")}.`,
        );
  }
  return config;
}

function load(config: KubeConfig, kubeconfig: string | undefined): void {
  if (!kubeconfig) config.loadFromDefault();
  else if (isText(kubeconfig)) config.loadFromString(kubeconfig);
  else config.loadFromFile(kubeconfig);
}

function isText(kubeconfig: string): boolean {
  return kubeconfig.includes("\n") || kubeconfig.trimStart().startsWith("{");
}

function originOf(kubeconfig: string | undefined): string {
  if (!kubeconfig) return "the kubeconfig";
  return isText(kubeconfig) ? "the text of the kubeconfig" : `the kubeconfig ${kubeconfig}`;
}
