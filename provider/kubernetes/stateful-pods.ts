import { HeadwaterError } from "../../model/finding";
import type { PortForwardSettings } from "../port-forward-settings";
import { type Asked, apiError } from "./api-error";
import { type CoreApi, loadKubernetesClient } from "./client";
import { forwardFinding } from "./forward-finding";
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
const ASKED: Asked = {
  what: "to show or replace pods",
  missing: "there is no such StatefulSet",
  grant: "get on statefulsets, get and delete on pods, and delete on persistentvolumeclaims",
};

/** The set's pods, as the Kubernetes API has them; each wait ends after `waitMs`, 10 minutes by default. */
export async function statefulPods(access: PortForwardSettings, set: string, waitMs = 600_000): Promise<StatefulPods> {
  const client = await loadKubernetesClient();
  const config = readKubeConfig(client, access);
  const core = config.makeApiClient(client.CoreV1Api);
  const apps = config.makeApiClient(client.AppsV1Api);
  const { namespace } = access;

  // Asks again until there is an answer.
  async function awaited<T>(look: () => Promise<T | undefined>, problem: () => Promise<string> | string): Promise<T> {
    const deadline = Date.now() + waitMs;
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      if (Date.now() > deadline) throw new HeadwaterError([notDone(`${namespace}/${set}`, await problem(), waitMs)]);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  const settled = () =>
    awaited(
      async () => {
        const found = await apps.readNamespacedStatefulSet({ name: set, namespace });
        return (found.status?.observedGeneration ?? 0) >= (found.metadata?.generation ?? 0) ? found : undefined;
      },
      () => "Kubernetes has not taken up the StatefulSet",
    );

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
    await awaited(
      async () => {
        const pod = await readPod(name);
        return pod && pod.metadata?.uid !== before && pod.status?.phase === "Running" ? pod : undefined;
      },
      async () => stateOf(name, await readPod(name), before),
    );
  }

  const named = <Args extends unknown[], T>(run: (...args: Args) => Promise<T>) => {
    return async (...args: Args) => {
      try {
        return await run(...args);
      } catch (error) {
        throw apiError(error, `${namespace}/${set}`, ASKED);
      }
    };
  };
  return { outdated: named(outdated), replace: named(replace) };
}

type Pod = Awaited<ReturnType<CoreApi["readNamespacedPod"]>>;

function stateOf(name: string, pod: Pod | undefined, before: string | undefined): string {
  if (!pod) return `pod ${name} was deleted and not made again`;
  if (pod.metadata?.uid === before) return `pod ${name} has not ended`;
  const { phase = "Pending", conditions = [], containerStatuses = [] } = pod.status ?? {};
  const waiting = containerStatuses.find(({ state }) => state?.waiting?.reason)?.state?.waiting?.reason;
  const unscheduled = conditions.find(({ type, status }) => type === "PodScheduled" && status === "False")?.message;
  const reason = waiting ?? unscheduled;
  return `pod ${name} is ${phase}${reason ? ` ("${reason}")` : ""}`;
}

function notDone(name: string, problem: string, waitMs: number) {
  return forwardFinding(
    "CN113",
    name,
    `${problem} after ${waitMs / 1000} s`,
    "No further pod is replaced. Mend the cause, then run this again: it goes on where it stopped.",
  );
}

async function ignoreMissing(request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if ((error as { code?: number }).code !== NOT_FOUND) throw error;
  }
}
