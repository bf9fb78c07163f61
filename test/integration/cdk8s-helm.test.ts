import { App, Chart, Testing } from "cdk8s";
import * as hw from "../../constructs/cdk8s/index";
import { preflightCluster } from "../../preflight/cluster/preflight-cluster";
import type { KubernetesObject } from "../../render/kubernetes/kubernetes-object";
import { clusterShapes } from "../support/cluster-shapes";
import { chart as folder, helmExecutable, missing } from "../support/helm";
import { valueAt } from "../support/rendered-fields";

const suite = missing === "" ? describe : describe.skip;
const shapes = clusterShapes({
  secret: (key) => ({ secretName: "secrets", key }),
  credentials: { secretName: "secrets", key: "hub.creds" },
  tls: { secretName: "certificates" },
});

let warned: jest.SpyInstance;
beforeEach(() => {
  warned = jest.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => warned.mockRestore());

const NEXT_MONTH = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

/** The objects of a cluster in a chart of its own. */
function objectsOf(id: string, props: hw.NatsClusterProps, namespace?: string): KubernetesObject[] {
  const chart = new Chart(new App(), "messaging", { namespace });
  const kubernetes = { ...props.kubernetes, chart: { path: folder as string } };
  new hw.NatsCluster(chart, id, { ...props, kubernetes, helmExecutable });
  return Testing.synth(chart) as KubernetesObject[];
}

suite(missing === "" ? "NatsCluster" : `NatsCluster (skipped: ${missing})`, () => {
  const spec = {
    size: 3,
    jetstream: { volume: { size: "20GiB" }, encryption: { key: { secretName: "keys", key: "current" } } },
    accounts: { APP: { users: [{ user: "app", password: { secretName: "logins", key: "app" } }] } },
    tls: { client: { issuer: { name: "internal" } } },
    monitoring: { podMonitor: true, podMonitorLabels: { release: "prometheus" } },
    waive: [{ rule: "jetstream-cluster-tls", reason: "routes stay on one network", expires: NEXT_MONTH }],
  } as const;

  it("is the chart's objects and those beside it, all in one namespace", () => {
    const objects = objectsOf("nats", { ...spec, createNamespace: true }, "messaging");
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      "Namespace messaging",
      "Certificate nats-client-tls",
      "PodDisruptionBudget nats",
      "ConfigMap nats-config",
      "Service nats-headless",
      "Service nats",
      "StatefulSet nats",
      "PodMonitor nats",
    ]);
    for (const { kind, metadata } of objects.filter((each) => each.kind !== "Namespace"))
      expect([kind, metadata.namespace]).toEqual([kind, "messaging"]);
  });

  it("runs what the spec says, secrets by reference", () => {
    const objects = objectsOf("nats", spec);
    const of = (kind: string) => objects.find((object) => object.kind === kind);
    expect(valueAt(of("StatefulSet"), "spec.replicas")).toBe(3);
    const env = valueAt(of("StatefulSet"), "spec.template.spec.containers.0.env") as { name: string }[];
    expect(env.find(({ name }) => name === "HEADWATER_ACCOUNTS_APP_USERS_0_PASSWORD")).toEqual({
      name: "HEADWATER_ACCOUNTS_APP_USERS_0_PASSWORD",
      valueFrom: { secretKeyRef: { name: "logins", key: "app" } },
    });
    expect(valueAt(of("Certificate"), "spec.issuerRef.name")).toBe("internal");
    expect(valueAt(of("PodMonitor"), "metadata.labels.release")).toBe("prometheus");
    expect(valueAt(of("PodDisruptionBudget"), "spec.maxUnavailable")).toBe(1);
    expect(JSON.parse(of("StatefulSet")?.metadata.annotations?.["headwater.dev/waive"] as string)).toEqual(spec.waive);
  });

  const sound = Object.entries(shapes).filter(([, spec]) =>
    preflightCluster(spec).every(({ severity }) => severity === "warning"),
  );

  it.each(sound)("renders %s, twice the same", (_, { name, ...props }) => {
    const [once, again] = [objectsOf(name, props), objectsOf(name, props)];
    expect(once.map(({ kind }) => kind)).toContain("StatefulSet");
    expect(JSON.stringify(again)).toBe(JSON.stringify(once));
  });

  it("is judged among manifests by the policy rules, and its waivers hold", async () => {
    const objects = objectsOf("nats", spec);
    const names: string[] = [];
    const report = { addViolation: ({ ruleName }: { ruleName: string }) => names.push(ruleName), submit: jest.fn() };
    const rules = {
      all: "disabled",
      "jetstream-cluster-tls": "mandatory",
      "jetstream-cluster-encryption-at-rest": "mandatory",
      "jetstream-cluster-version-pinned": "mandatory",
    } as const;
    const validate = (properties: hw.PolicyValidationProps) =>
      new hw.PolicyValidation(properties).validate({ manifests: ["x.yaml"], report, parseManifest: () => objects });
    await validate({ rules });
    expect(names).toEqual([]);
    expect(report.submit).toHaveBeenCalledWith("success", {
      preset: "prod",
      mandatory: "0",
      advisory: "0",
      waived: "1",
    });
  });

  it("says what Helm says of a chart it cannot read", () => {
    const chart = new Chart(new App(), "messaging");
    new hw.NatsCluster(chart, "nats", {
      standalone: true,
      kubernetes: { chart: { path: "/nowhere/nats" } },
      helmExecutable,
    });
    expect(() => Testing.synth(chart)).toThrow(
      'Validation failed with the following errors:\n  [messaging/nats] CD102 cluster "nats": kubernetes.chart cannot be rendered: helm says "Error: path "/nowhere/nats" not found". Correct kubernetes.chart: a path, an OCI reference, or a repository and a version.',
    );
  });
});
