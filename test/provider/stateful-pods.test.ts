import { formatFinding, HeadwaterError } from "../../model/finding";
import { statefulPods } from "../../provider/kubernetes/stateful-pods";

interface FakePod {
  readonly metadata: { readonly uid: string; readonly labels?: Record<string, string> };
  readonly status: object;
}

const set = {
  metadata: { generation: 2 },
  spec: { replicas: 2 },
  status: { observedGeneration: 2, updateRevision: "b" },
};
const deleted: string[] = [];
let pods: Record<string, FakePod | undefined>;
let onDelete: (name: string) => void;
let refusal: object | undefined;

class KubeConfig {
  loadFromDefault() {}
  getCurrentCluster = () => ({ server: "https://kubernetes" });
  getContexts = () => [{ name: "fake" }];
  makeApiClient = () => ({
    readNamespacedStatefulSet: async () => {
      if (refusal) throw refusal;
      return set;
    },
    readNamespacedPod: async ({ name }: { name: string }) => {
      if (!pods[name]) throw { code: 404 };
      return pods[name];
    },
    deleteNamespacedPod: async ({ name }: { name: string }) => {
      deleted.push(name);
      onDelete(name);
    },
    deleteNamespacedPersistentVolumeClaim: async ({ name }: { name: string }) => void deleted.push(name),
  });
}
jest.mock("../../provider/kubernetes/client", () => ({ loadKubernetesClient: async () => ({ KubeConfig }) }));

const pod = (uid: string, status: object = { phase: "Running" }, revision = "a"): FakePod => ({
  metadata: { uid, labels: { "controller-revision-hash": revision } },
  status,
});

beforeEach(() => {
  set.status.observedGeneration = 2;
  deleted.length = 0;
  refusal = undefined;
  pods = { "nats-0": pod("1"), "nats-1": pod("2") };
  onDelete = (name) => {
    pods[name] = pod("3", undefined, "b");
  };
});

const access = { namespace: "messaging", service: "nats", port: 4222 };
const stateful = () => statefulPods(access, "nats", 0);

async function refused(run: Promise<unknown>): Promise<string> {
  const error = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof HeadwaterError)) throw error ?? new Error("nothing was refused");
  return error.findings.map(formatFinding).join("\n");
}

const after = "No further pod is replaced. Mend the cause, then run this again: it goes on where it stopped.";

it("replaces what is old, the last one first, with its volume claim where one is named", async () => {
  const { outdated, replace } = await stateful();
  expect(await outdated()).toEqual(["nats-1", "nats-0"]);
  await replace("nats-1", "data-nats-1");
  expect(await outdated()).toEqual(["nats-0"]);
  await replace("nats-0");
  expect(await outdated()).toEqual([]);
  expect(deleted).toEqual(["data-nats-1", "nats-1", "nats-0"]);
});

const unschedulable = [{ type: "PodScheduled", status: "False", message: "0/3 nodes are available" }];
const pulling = [{ state: { waiting: { reason: "ImagePullBackOff" } } }];
it.each([
  ["is gone for good", undefined, "pod nats-1 was deleted and not made again"],
  ["does not end", pod("2"), "pod nats-1 has not ended"],
  [
    "has no node",
    pod("3", { phase: "Pending", conditions: unschedulable }),
    'pod nats-1 is Pending ("0/3 nodes are available")',
  ],
  [
    "has no image",
    pod("3", { phase: "Pending", containerStatuses: pulling }),
    'pod nats-1 is Pending ("ImagePullBackOff")',
  ],
  ["has ended at once", pod("3", { phase: "Failed" }), "pod nats-1 is Failed"],
])("does not wait forever for a pod that %s", async (_, next, problem) => {
  onDelete = (name) => {
    pods[name] = next;
  };
  const { replace } = await stateful();
  expect(await refused(replace("nats-1"))).toBe(`CN113 provider "messaging/nats": ${problem} after 0 s. ${after}`);
});

it("does not wait forever for Kubernetes to take up a set", async () => {
  set.status.observedGeneration = 1;
  const { outdated } = await stateful();
  expect(await refused(outdated())).toBe(
    `CN113 provider "messaging/nats": Kubernetes has not taken up the StatefulSet after 0 s. ${after}`,
  );
});

it("says what has to be granted, and what is missing", async () => {
  const { outdated } = await stateful();
  refusal = { code: 403, body: '{"message":"statefulsets.apps is forbidden"}' };
  expect(await refused(outdated())).toBe(
    'CN109 provider "messaging/nats": Kubernetes refused to show or replace pods ("statefulsets.apps is forbidden", 403). Grant the user of the kubeconfig get on statefulsets, get and delete on pods, and delete on persistentvolumeclaims there.',
  );
  refusal = { code: 404 };
  expect(await refused(outdated())).toBe(
    'CN110 provider "messaging/nats": there is no such StatefulSet. Check nats:portForward.',
  );
});
