import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../model/cluster/effective";
import { isObject } from "../../model/walk";
import { helmValues } from "../../render/helm-values";
import { kubernetesPlace } from "../../render/kubernetes/place";
import { secretRefsOf } from "../../render/kubernetes/secret-refs";
import { witnessObjects } from "../../render/kubernetes/witness";
import { natsConf } from "../../render/nats-conf";
import { natsConfig } from "../../render/nats-config";
import { clusterShapes } from "../support/cluster-shapes";
import { environmentOf, parsedConf } from "../support/conf-json";
import { chartDefaults, helmTemplate, missing } from "../support/helm";
import { valueAt } from "../support/rendered-fields";

const shapes = clusterShapes({
  secret: (key) => ({ secretName: "secrets", key }),
  credentials: { secretName: "secrets", key: "hub.creds" },
  tls: { secretName: "certificates" },
});
const context = { keyTags: { key: "headwater-key:0123", previousKey: "headwater-previous-key:4567" } };
const suite = missing === "" ? describe : describe.skip;

suite(missing === "" ? "with the chart" : `with the chart (skipped: ${missing})`, () => {
  const rendered = (spec: ClusterSpec) => helmTemplate(helmValues(spec, context), effectiveCluster(spec).namespace);

  it.each(Object.entries(shapes))("%s: the chart writes the configuration we write", async (_, spec) => {
    const config = rendered(spec).find(({ kind }) => kind === "ConfigMap");
    const theirs = valueAt(config, "data.nats.conf") as string;
    const ours = natsConf(natsConfig(spec, kubernetesPlace(spec, secretRefsOf(context))));
    const env = { ...environmentOf(spec), SERVER_NAME: "eu-0" };
    expect(await parsedConf(theirs, env)).toEqual(withoutHosts(await parsedConf(ours, env)));
  });

  it.each(Object.entries(shapes))("%s: every value is one the chart knows", (_, spec) => {
    expect(unknownValues(helmValues(spec, context), chartDefaults())).toEqual([]);
  });

  it("gives every variable of the configuration to the container", () => {
    for (const spec of Object.values(shapes)) {
      const objects = rendered(spec);
      const conf = valueAt(
        objects.find(({ kind }) => kind === "ConfigMap"),
        "data.nats.conf",
      ) as string;
      const set = objects.find(({ kind }) => kind === "StatefulSet");
      const env = valueAt(set, "spec.template.spec.containers.0.env") as { name: string }[];
      const names = env.map(({ name }) => name);
      for (const [, name] of conf.matchAll(/\$(HEADWATER_\w+)/g)) expect(names).toContain(name);
      // A variable that is put into another has to come first.
      for (const [i, { value = "" }] of (env as { name: string; value?: string }[]).entries())
        for (const [, name] of value.matchAll(/\$\((HEADWATER_\w+)\)/g)) expect(names.slice(0, i)).toContain(name);
    }
  });

  it("mounts every file the configuration names", () => {
    let files = 0;
    for (const spec of Object.values(shapes)) {
      const objects = rendered(spec);
      const conf = valueAt(
        objects.find(({ kind }) => kind === "ConfigMap"),
        "data.nats.conf",
      ) as string;
      const pod = valueAt(
        objects.find(({ kind }) => kind === "StatefulSet"),
        "spec.template.spec",
      );
      const mounts = valueAt(pod, "containers.0.volumeMounts") as { name: string; mountPath: string }[];
      const volumes = (valueAt(pod, "volumes") as { name: string }[]).map(({ name }) => name);
      for (const [, file = ""] of conf.matchAll(/"(?:cert_file|key_file|ca_file|credentials)": "(.*?)"/g)) {
        const mount = mounts.find(({ mountPath }) => file.startsWith(`${mountPath}/`));
        expect([file, volumes.includes(mount?.name ?? "")]).toEqual([file, true]);
        files++;
      }
    }
    expect(files).toBeGreaterThan(15);
  });

  it("reads the witness's configuration anew with the chart's own image", () => {
    const [, , set] = witnessObjects({ name: "eu", standalone: false });
    const { repository, tag } = valueAt(chartDefaults(), "reloader.image") as { repository: string; tag: string };
    expect(valueAt(set, "spec.template.spec.containers.1.image")).toBe(`${repository}:${tag}`);
  });

  it("runs the pods as the spec says", () => {
    const objects = rendered(shapes["three with TLS and encryption"] as ClusterSpec);
    const of = (kind: string) =>
      objects.find((object) => object.kind === kind && !object.metadata.name.endsWith("-box"));
    expect(valueAt(of("PodDisruptionBudget"), "spec.maxUnavailable")).toBe(1);
    expect(valueAt(of("PodMonitor"), "metadata.labels.release")).toBe("prometheus");
    expect(valueAt(of("StatefulSet"), "spec")).toMatchObject({
      replicas: 3,
      minReadySeconds: 15,
      template: {
        metadata: { annotations: { note: "a & b < c" }, labels: { team: "data" } },
        spec: {
          terminationGracePeriodSeconds: 150,
          priorityClassName: "high",
          nodeSelector: { disk: "ssd" },
          tolerations: [{ key: "nats", operator: "Exists" }],
          topologySpreadConstraints: [
            { topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "DoNotSchedule", maxSkew: 1 },
            { topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "DoNotSchedule", maxSkew: 1 },
          ],
          containers: [
            {
              name: "nats",
              image: "nats:2.15.1-alpine",
              resources: { requests: { cpu: "500m" }, limits: { memory: "2Gi" } },
              startupProbe: { httpGet: { path: "/healthz?js-server-only=true", scheme: "HTTPS" } },
              readinessProbe: { httpGet: { path: "/healthz?js-server-only=true" } },
            },
            { name: "reloader" },
            { name: "prom-exporter" },
          ],
        },
      },
      volumeClaimTemplates: [
        {
          spec: {
            storageClassName: "fast",
            accessModes: ["ReadWriteOnce"],
            resources: { requests: { storage: "10Gi" } },
          },
        },
      ],
    });
    for (const { metadata } of objects.filter(({ kind }) => kind !== "Pod"))
      expect([metadata.name, metadata.namespace]).toEqual([metadata.name, "eu"]);
  });
});

// The chart leaves the address to listen on to the server, which takes every one.
function withoutHosts(config: unknown): unknown {
  if (Array.isArray(config)) return config.map(withoutHosts);
  if (!isObject(config)) return config;
  const kept = Object.entries(config).filter(([key, value]) => key !== "host" || value !== "0.0.0.0");
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutHosts(value)]));
}

const FREE = ["merge", "patch", "env", "labels", "resources", "topologySpreadConstraints"];

function unknownValues(values: unknown, known: unknown, path: readonly string[] = []): string[] {
  if (!isObject(values)) return [];
  return Object.entries(values).flatMap(([key, value]) => {
    const at = [...path, key];
    if (!isObject(known) || !(key in known)) return [at.join(".")];
    return FREE.includes(key) ? [] : unknownValues(value, known[key], at);
  });
}
