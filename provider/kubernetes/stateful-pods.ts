import type { PortForwardSettings } from "../port-forward-settings";
import { apiError } from "./api-error";
import { loadKubernetesClient } from "./client";
import { readKubeConfig } from "./kubeconfig";

/** The pods of a StatefulSet that are replaced from here, not by Kubernetes. */
export interface StatefulPods {
  /** Pods that are older than what the set says now, the last one first. */
  readonly outdated: () => Promise<readonly string[]>;
  /** Replaces a pod, with its volume claim where one is named; returns when the new pod runs. */
  readonly replace: (pod: string, claim?: string) => Promise<void>;
}

const LOOK_MS = 500;
const NOT_FOUND = 404;

/** The set's pods, as the Kubernetes API has them. */
export async function statefulPods(access: PortForwardSettings, set: string): Promise<StatefulPods> {
  const client = await loadKubernetesClient();
  const config = readKubeConfig(client, access);
  const core = config.makeApiClient(client.CoreV1Api);
  const apps = config.makeApiClient(client.AppsV1Api);
  const { namespace } = access;

  async function settled() {
    for (;;) {
      const found = await apps.readNamespacedStatefulSet({ name: set, namespace });
      if ((found.status?.observedGeneration ?? 0) >= (found.metadata?.generation ?? 0)) return found;
      await pause();
    }
  }

  async function readPod(name: string) {
    try {
      return await core.readNamespacedPod({ name, namespace });
    } catch (error) {
      if ((error as { code?: number }).code === NOT_FOUND) return undefined;
      throw error;
    }
  }

  async function outdated() {
    const { spec, status } = await settled();
    const names = Array.from({ length: spec?.replicas ?? 0 }, (_, i) => `${set}-${i}`).reverse();
    const old: string[] = [];
    for (const name of names) {
      const revision = (await readPod(name))?.metadata?.labels?.["controller-revision-hash"];
      if (revision !== undefined && revision !== status?.updateRevision) old.push(name);
    }
    return old;
  }

  async function replace(name: string, claim?: string) {
    const before = (await readPod(name))?.metadata?.uid;
    // Kubernetes takes the claim away once no pod uses it, and makes another one with the next pod.
    if (claim) await ignoreMissing(core.deleteNamespacedPersistentVolumeClaim({ name: claim, namespace }));
    await ignoreMissing(core.deleteNamespacedPod({ name, namespace }));
    for (;;) {
      const pod = await readPod(name);
      if (pod && pod.metadata?.uid !== before && pod.status?.phase === "Running") return;
      await pause();
    }
  }

  const named = <Args extends unknown[], T>(run: (...args: Args) => Promise<T>) => {
    return async (...args: Args) => {
      try {
        return await run(...args);
      } catch (error) {
        throw apiError(error, `${namespace}/${set}`);
      }
    };
  };
  return { outdated: named(outdated), replace: named(replace) };
}

const pause = () => new Promise((resolve) => setTimeout(resolve, LOOK_MS));

async function ignoreMissing(request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if ((error as { code?: number }).code !== NOT_FOUND) throw error;
  }
}
