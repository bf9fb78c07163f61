import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { certificateObjects } from "../../render/kubernetes/certificates";
import { witnessObjects } from "../../render/kubernetes/witness";
import { valueAt } from "../support/rendered-fields";

const issuer = { name: "internal" };

it("makes a certificate for every name of the servers", () => {
  const spec: ClusterSpec = {
    name: "eu",
    size: 3,
    tls: { client: { issuer, extraNames: ["eu.example.com", "fd00::1"] }, cluster: { issuer } },
    kubernetes: { namespace: "messaging", clusterDomain: "example.internal" },
  };
  const [client, cluster] = certificateObjects(spec);
  expect(client?.metadata).toEqual({ name: "eu-client-tls", namespace: "messaging" });
  expect(valueAt(client, "spec.dnsNames")).toEqual([
    "eu",
    "eu.messaging",
    "eu.messaging.svc",
    "eu.messaging.svc.example.internal",
    "*.eu-headless",
    "*.eu-headless.messaging",
    "*.eu-headless.messaging.svc",
    "*.eu-headless.messaging.svc.example.internal",
    "localhost",
    "eu.example.com",
  ]);
  expect(valueAt(client, "spec.ipAddresses")).toEqual(["fd00::1"]);
  expect(valueAt(client, "spec.usages")).toEqual(["server auth"]);
  expect(valueAt(cluster, "spec.usages")).toEqual(["server auth", "client auth"]);
});

describe("the witness", () => {
  const spec: ClusterSpec = {
    name: "eu",
    standalone: false,
    jetstream: {
      volume: { size: "10GiB", storageClass: "fast" },
      encryption: { key: { secretName: "keys", key: "current" } },
    },
    tls: { cluster: { issuer } },
    websocket: {},
  };
  const [config, service, set] = witnessObjects(spec, { keyTags: { key: "headwater-key:0123" } });

  it("is a server of the cluster without clients of its own", () => {
    const conf = valueAt(config, "data.nats.conf") as string;
    expect(conf).toContain('server_name: "eu-witness-0"');
    expect(conf).toContain('"tls://eu-0.eu-headless:6222"\n    "tls://eu-witness-0.eu-witness:6222"');
    expect(conf).toContain('server_tags: [\n  "!jetstream"\n  $HEADWATER_KEY_TAG\n]');
    expect(conf).not.toContain("websocket");
    expect(valueAt(service, "spec.clusterIP")).toBe("None");
    expect(certificateObjects(spec).flatMap((object) => valueAt(object, "spec.dnsNames"))).toContain("*.eu-witness");
  });

  it("finds its key, its certificate and its volume", () => {
    expect(valueAt(set, "spec.template.spec.containers.0.env")).toEqual([
      {
        name: "HEADWATER_JETSTREAM_ENCRYPTION_KEY",
        valueFrom: { secretKeyRef: { name: "keys", key: "current" } },
      },
      { name: "HEADWATER_KEY_TAG", value: '"headwater-key:0123"' },
    ]);
    expect(valueAt(set, "spec.template.spec.volumes")).toEqual([
      { name: "config", configMap: { name: "eu-witness" } },
      { name: "pid", emptyDir: {} },
      { name: "cluster-tls", secret: { secretName: "eu-cluster-tls" } },
    ]);
    expect(valueAt(set, "spec.volumeClaimTemplates.0.spec.storageClassName")).toBe("fast");
  });

  it("reads its configuration and its certificate anew", () => {
    expect(valueAt(set, "spec.template.spec.shareProcessNamespace")).toBe(true);
    expect(valueAt(set, "spec.template.spec.containers.1")).toEqual({
      name: "reloader",
      image: "natsio/nats-server-config-reloader:0.23.0",
      args: [
        "-pid",
        "/var/run/nats/nats.pid",
        "-config",
        "/etc/nats-config/nats.conf",
        "-config",
        "/etc/nats-certs/cluster/tls.crt",
        "-config",
        "/etc/nats-certs/cluster/tls.key",
      ],
      volumeMounts: [
        { name: "config", mountPath: "/etc/nats-config" },
        { name: "pid", mountPath: "/var/run/nats" },
        { name: "cluster-tls", mountPath: "/etc/nats-certs/cluster" },
      ],
    });
    const extraValues = { reloader: { image: { registry: "mirror.example.com", tag: "1.0.0" } } };
    const [, , mirrored] = witnessObjects({ name: "eu", standalone: false, kubernetes: { extraValues } });
    expect(valueAt(mirrored, "spec.template.spec.containers.1.image")).toBe(
      "mirror.example.com/natsio/nats-server-config-reloader:1.0.0",
    );
  });

  it("is there only where it is needed", () => {
    expect(witnessObjects({ name: "eu" })).toEqual([]);
    expect(witnessObjects({ name: "eu", size: 3 })).toEqual([]);
  });
});
