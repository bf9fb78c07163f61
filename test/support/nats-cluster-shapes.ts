import * as pulumi from "@pulumi/pulumi";
import type * as hw from "headwater";
import { operatorTokens } from "./operator-tokens";

const volume = { size: "10GiB" } as const;
const operator = operatorTokens();
export const bySecret = pulumi.secret("SECRET given");

/** A cluster, and what is registered for it. */
export interface Shape {
  readonly args: hw.NatsClusterArgs;
  /** Everything that is registered under the component, `KIND NAME`. */
  readonly children: readonly string[];
  /** Values of the chart by path. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** What is asked of other children, `NAME PATH`. */
  readonly inputs?: Readonly<Record<string, unknown>>;
}

const logins = ["Password nats-APP-app", "Password nats-SYS-headwater"];
const providers = ["pulumi-nodejs nats-APP", "pulumi-nodejs nats-system"];
const always = [
  "Namespace nats-namespace",
  "ClusterChange nats-change",
  "Secret nats-secrets",
  "Chart nats-chart",
  "ClusterMembers nats-members",
];
const usual = [...logins, ...providers, ...always];
const without = (...names: string[]) => usual.filter((child) => !names.includes(child.split(" ")[1] as string));
const reference = (key: string) => ({ valueFrom: { secretKeyRef: { name: "nats-secrets", key } } });

/** Clusters of every kind, by what they are. */
export const shapes: Readonly<Record<string, Shape>> = {
  "a single server with a volume": {
    args: { jetstream: { volume } },
    children: usual,
    values: {
      "config.cluster": { enabled: false },
      "config.jetstream.fileStore.maxSize": "8GiB",
      "config.jetstream.fileStore.pvc": { enabled: true, size: "10Gi" },
      "statefulSet.merge.spec.updateStrategy": { type: "OnDelete" },
      "container.env.HEADWATER_ACCOUNTS_APP_USERS_0_PASSWORD": reference("accounts.APP.users.0.password"),
      "podTemplate.merge.metadata.annotations.headwater.dev/secrets-version": undefined,
    },
    inputs: {
      "nats-chart chart": "nats",
      "nats-chart version": "2.14.2",
      "nats-chart name": "nats",
      "nats-chart namespace": "nats",
      "nats-chart repositoryOpts.repo": "https://nats-io.github.io/k8s/helm/charts/",
      "nats-namespace metadata.name": "nats",
      "nats-secrets metadata": { name: "nats-secrets", namespace: "nats" },
      "nats-secrets stringData": {
        "accounts.APP.users.0.password": '"SECRET password of nats-APP-app"',
        "accounts.SYS.users.0.password": '"SECRET password of nats-SYS-headwater"',
      },
      "nats-members servers": ["nats-0"],
      "nats-members claims": ["nats-js-nats-0"],
      "nats-members statefulSet": "nats",
      "nats-members standalone": true,
      "nats-members witness": undefined,
      "nats-change cluster": "nats",
      "nats-change keys": undefined,
      "nats-APP nats:servers": "nats://nats.nats.svc.cluster.local:4222",
      "nats-APP nats:portForward": "nats/nats:4222",
      "nats-APP nats:user": "app",
      "nats-APP nats:password": "SECRET password of nats-APP-app",
      "nats-APP nats:waitForServers": "1",
      "nats-APP nats:connectTimeout": "120s",
      "nats-APP nats:tls": undefined,
      "nats-system nats:user": "headwater",
    },
  },
  "a single server with a witness": {
    args: { standalone: false, jetstream: { volume } },
    children: [
      ...usual,
      "ConfigMap nats-witness-configmap",
      "Service nats-witness-service",
      "StatefulSet nats-witness-statefulset",
    ],
    values: {
      "config.cluster.replicas": 1,
      "config.cluster.merge.routes": ["nats://nats-0.nats-headless:6222", "nats://nats-witness-0.nats-witness:6222"],
    },
    inputs: {
      "nats-members witness": "nats-witness-0",
      "nats-members standalone": false,
      "nats-witness-statefulset spec.replicas": 1,
      "nats-APP nats:waitForServers": "1",
    },
  },
  "three with certificates and keys of their own": {
    args: {
      size: 3,
      jetstream: { volume, encryption: {} },
      tls: { client: { ownAuthority: true }, cluster: { ownAuthority: true, extraNames: ["10.0.0.1", "a.example"] } },
    },
    children: [
      ...usual,
      "CertificateAuthority nats-ca",
      "Certificate nats-client",
      "Certificate nats-cluster",
      "Secret nats-client-tls",
      "Secret nats-cluster-tls",
      "EncryptionKey nats-encryption-key",
    ],
    values: {
      "config.cluster.replicas": 3,
      "config.nats.tls.secretName": "nats-client-tls",
      "config.cluster.tls.secretName": "nats-cluster-tls",
      "config.jetstream.merge.key": "<< $HEADWATER_JETSTREAM_ENCRYPTION_KEY >>",
      "container.env.HEADWATER_JETSTREAM_ENCRYPTION_KEY": reference("encryption-key-1"),
      "container.env.HEADWATER_KEY_TAG": reference("encryption-key-tag-1"),
      "podTemplate.topologySpreadConstraints.kubernetes.io/hostname.whenUnsatisfiable": "DoNotSchedule",
    },
    inputs: {
      "nats-ca commonName": "nats authority",
      "nats-cluster ipAddresses": ["10.0.0.1"],
      "nats-cluster usages": ["server", "client"],
      "nats-client-tls type": "kubernetes.io/tls",
      "nats-client-tls stringData": {
        "tls.crt": "certificate nats-client",
        "tls.key": "SECRET key of nats-client",
        "ca.crt": "authority nats-ca",
      },
      "nats-encryption-key servers": 3,
      "nats-encryption-key cluster": "nats",
      "nats-encryption-key rotate": 1,
      "nats-change keys": { key: "id-of-key" },
      "nats-members keys": { key: "id-of-key" },
      "nats-members claims": ["nats-js-nats-0", "nats-js-nats-1", "nats-js-nats-2"],
      "nats-secrets stringData.encryption-key-1": "SECRET key of nats-encryption-key",
      "nats-secrets stringData.encryption-key-tag-1": '"headwater-key:id-of-key"',
      "nats-APP nats:servers": "tls://nats.nats.svc.cluster.local:4222",
      "nats-APP nats:tls": "true",
      "nats-APP nats:ca": "authority nats-ca",
      "nats-APP nats:cert": undefined,
    },
  },
  "three with a rotated key": {
    args: { size: 3, jetstream: { encryption: { rotate: 2, cipher: "aes" } } },
    children: [...usual, "EncryptionKey nats-encryption-key"],
    values: {
      "config.jetstream.merge.cipher": "aes",
      "config.jetstream.merge.prev_encryption_key": undefined,
      "container.env.HEADWATER_JETSTREAM_ENCRYPTION_KEY": reference("encryption-key-2"),
    },
    inputs: {
      "nats-secrets stringData.encryption-key-1": "SECRET previous key of nats-encryption-key",
      "nats-secrets stringData.encryption-key-2": "SECRET key of nats-encryption-key",
      "nats-members keys": { key: "id-of-key" },
    },
  },
  "a single server with a rotated key": {
    args: { jetstream: { volume, encryption: { rotate: 2 } } },
    children: [...usual, "EncryptionKey nats-encryption-key"],
    values: {
      "config.jetstream.merge.prev_encryption_key": "<< $HEADWATER_JETSTREAM_ENCRYPTION_PREVIOUSKEY >>",
      "container.env.HEADWATER_JETSTREAM_ENCRYPTION_PREVIOUSKEY": reference("encryption-key-1"),
    },
    inputs: { "nats-members keys": { key: "id-of-key", previousKey: "id-of-previous" } },
  },
  "a key a program holds": {
    args: { size: 3, jetstream: { encryption: { key: bySecret } } },
    children: usual,
    values: {
      "container.env.HEADWATER_JETSTREAM_ENCRYPTION_KEY": reference("jetstream.encryption.key"),
      "podTemplate.merge.metadata.annotations.headwater.dev/secrets-version": expect.stringMatching(/^[0-9a-f]{16}$/),
    },
    inputs: { "nats-secrets stringData.jetstream.encryption.key": '"SECRET given"' },
  },
  "three with certificates of an issuer": {
    args: {
      size: 3,
      tls: {
        client: { issuer: { name: "ca", kind: "ClusterIssuer" }, verify: true },
        cluster: { issuer: { name: "ca", kind: "ClusterIssuer" } },
      },
    },
    children: [
      ...usual,
      "Certificate nats-nats-client-tls",
      "Certificate nats-nats-cluster-tls",
      "Secret nats-issued-tls",
      "Certificate nats-headwater-client",
      "Secret nats-headwater-client-tls",
    ],
    values: { "config.nats.tls.secretName": "nats-client-tls", "config.cluster.tls.secretName": "nats-cluster-tls" },
    inputs: {
      "nats-nats-client-tls metadata.annotations": { "pulumi.com/waitFor": "condition=Ready" },
      "nats-nats-client-tls spec.issuerRef.kind": "ClusterIssuer",
      "nats-headwater-client spec.commonName": "headwater",
      "nats-headwater-client spec.secretName": "nats-client-headwater",
      "nats-headwater-client spec.issuerRef": { kind: "ClusterIssuer", group: "cert-manager.io", name: "ca" },
      "nats-APP nats:ca": "issuer's authority",
      "nats-APP nats:cert": "issued certificate",
      "nats-APP nats:key": "SECRET issued key",
    },
  },
  "users that are certificates": {
    args: {
      tls: { client: { ownAuthority: true, verifyAndMap: true } },
      accounts: { APP: { users: [{ user: "app@example.com" }] } },
    },
    children: [
      ...without("nats-APP-app", "nats-SYS-headwater"),
      "CertificateAuthority nats-ca",
      "Certificate nats-client",
      "Secret nats-client-tls",
      "Certificate nats-app@example.com-client",
      "Certificate nats-headwater-client",
    ],
    inputs: {
      "nats-app@example.com-client emailAddresses": ["app@example.com"],
      "nats-headwater-client dnsNames": ["headwater"],
      "nats-APP nats:cert": "certificate nats-app@example.com-client",
      "nats-APP nats:key": "SECRET key of nats-app@example.com-client",
      "nats-APP nats:user": undefined,
      "nats-system nats:cert": "certificate nats-headwater-client",
    },
  },
  "a leaf": {
    args: {
      jetstream: { domain: "edge" },
      leafNodes: {
        remotes: [
          { urls: ["nats-leaf://hub:7422"], account: "APP", user: "edge", password: bySecret },
          { urls: ["tls://other:7422"], account: "APP", credentials: pulumi.secret("SECRET credentials") },
        ],
      },
    },
    children: usual,
    values: {
      "config.merge.leafnodes.remotes.1.credentials": "/etc/nats-creds/leaf-remote-1/leafNodes.remotes.1.credentials",
      "container.env.HEADWATER_LEAFNODES_REMOTES_0_PASSWORD": reference("leafNodes.remotes.0.password"),
    },
    inputs: {
      "nats-secrets stringData.leafNodes.remotes.0.password": "SECRET%20given",
      "nats-secrets stringData.leafNodes.remotes.1.credentials": "SECRET credentials",
      "nats-APP nats:domain": "edge",
    },
  },
  "a part of a super-cluster": {
    args: {
      size: 3,
      gateway: { remotes: [{ name: "us", urls: ["nats://us.example.com:7222"] }] },
    },
    children: usual,
    values: { "config.gateway.enabled": true, "config.gateway.merge.gateways.0.name": "us" },
  },
  "an operator with credentials": {
    args: {
      operator,
      systemCredentials: pulumi.secret("SECRET system credentials"),
      credentials: "SECRET credentials",
    },
    children: [...without("nats-APP-app", "nats-SYS-headwater", "nats-APP"), "pulumi-nodejs nats-default"],
    inputs: {
      "nats-system nats:creds": "SECRET system credentials",
      "nats-default nats:creds": "SECRET credentials",
      "nats-default nats:user": undefined,
    },
  },
  "an operator alone": {
    args: {
      operator,
    },
    children: always.filter((child) => !child.startsWith("ClusterMembers")),
    values: { "statefulSet.merge.spec.updateStrategy": undefined },
  },
  "one token for everybody": {
    args: { authorization: { token: bySecret } },
    children: [...always.filter((child) => !child.startsWith("ClusterMembers")), "pulumi-nodejs nats-$G"],
    inputs: {
      "nats-$G nats:token": "SECRET given",
      "nats-$G nats:user": undefined,
      "nats-secrets stringData.authorization.token": '"SECRET given"',
    },
  },
  "one password in a Secret of somebody else": {
    args: { authorization: { user: "u", password: { secretName: "theirs", key: "p" } } },
    children: always.filter((child) => !child.startsWith("ClusterMembers")),
  },
  "a release of Helm": {
    args: { mode: "release", createNamespace: false, kubernetes: { namespace: "data" } },
    children: [...without("nats-namespace", "nats-chart"), "Release nats-chart"],
    inputs: {
      "nats-chart chart": "nats",
      "nats-chart namespace": "data",
      "nats-chart timeout": 900,
      "nats-secrets metadata.namespace": "data",
      "nats-members namespace": "data",
    },
  },
  "servers that are reached directly": {
    args: { name: "eu", portForward: false, kubernetes: { clusterDomain: "example.internal" } },
    children: without("nats-members"),
    values: { "statefulSet.merge.spec.updateStrategy": undefined, fullnameOverride: "eu" },
    inputs: {
      "nats-APP nats:portForward": undefined,
      "nats-APP nats:servers": "nats://eu.eu.svc.example.internal:4222",
      "nats-namespace metadata.name": "eu",
      "nats-secrets metadata": { name: "eu-secrets", namespace: "eu" },
    },
  },
  "servers behind another context": {
    args: { portForward: { context: "prod", kubeconfig: pulumi.secret("SECRET kubeconfig") } },
    children: usual,
    inputs: {
      "nats-APP nats:portForwardContext": "prod",
      "nats-system nats:portForwardKubeconfig": "SECRET kubeconfig",
    },
  },
  "a chart of a folder": {
    args: { kubernetes: { chart: { path: "./nats-2.14.2.tgz" } } },
    children: usual,
    inputs: {
      "nats-chart chart": "./nats-2.14.2.tgz",
      "nats-chart version": undefined,
      "nats-chart repositoryOpts": undefined,
    },
  },
  "a chart of an OCI registry": {
    args: { kubernetes: { chart: { oci: "oci://registry.example/charts/nats", version: "2.14.0" } } },
    children: usual,
    inputs: {
      "nats-chart chart": "oci://registry.example/charts/nats",
      "nats-chart version": "2.14.0",
      "nats-chart repositoryOpts": undefined,
    },
  },
  "a chart of another repository": {
    args: { kubernetes: { chart: { repository: "https://charts.example/nats" } } },
    children: usual,
    inputs: { "nats-chart repositoryOpts.repo": "https://charts.example/nats", "nats-chart chart": "nats" },
  },
  "more values": {
    args: { kubernetes: { extraValues: { service: { merge: { spec: { type: "LoadBalancer" } } } } } },
    children: usual,
    values: { "service.merge.spec.type": "LoadBalancer" },
  },
  "encrypted volumes that have grown": {
    args: { size: 3, jetstream: { volume: { size: "20GiB", initialSize: "10GiB" }, encryption: { rotate: 2 } } },
    children: [
      ...usual,
      "EncryptionKey nats-encryption-key",
      ...[0, 1, 2].map((i) => `PersistentVolumeClaimPatch nats-volume-${i}`),
    ],
    inputs: {
      "nats-volume-0 metadata.annotations": {
        "pulumi.com/patchForce": "true",
        "headwater.dev/encryption-key": "id-of-key",
      },
    },
  },
  "volumes that have grown": {
    args: { size: 3, jetstream: { volume: { size: "20GiB", initialSize: "10GiB" } } },
    children: [...usual, ...[0, 1, 2].map((i) => `PersistentVolumeClaimPatch nats-volume-${i}`)],
    values: { "config.jetstream.fileStore.pvc.size": "10Gi", "config.jetstream.fileStore.maxSize": "16GiB" },
    inputs: {
      "nats-volume-2 metadata.name": "nats-js-nats-2",
      "nats-volume-2 metadata.namespace": "nats",
      "nats-volume-2 spec.resources.requests.storage": "20Gi",
    },
  },
};
