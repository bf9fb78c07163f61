import { HeadwaterError } from "../../model/finding";
import { readTopologyText } from "../../model/topology-text";
import { yamlText } from "../../model/yaml-text";
import { type ProvisioningJobArgs, provisioningJob } from "../../render/job/provisioning-job";

const args: ProvisioningJobArgs = {
  name: "shop-streams",
  namespace: "shop",
  image: "registry.example.com/headwater:0.1.0",
  servers: ["nats://eu.nats:4222"],
  login: { creds: { secretName: "nats-deploy", key: "deploy.creds" } },
  tls: { ca: { secretName: "nats-ca", key: "ca.crt" } },
  owner: "shop/prod",
  prune: true,
  topology: {
    streams: {
      ORDERS: {
        subjects: ["orders.>"],
        maxMsgs: 10,
        allow: [{ code: "DL101", field: "maxMsgs", to: 10, reason: "agreed" }],
      },
    },
  },
};

// biome-ignore lint/suspicious/noExplicitAny: manifests are looked into by path
type Any = any;
const jobOf = (changed: Partial<ProvisioningJobArgs> = {}): Any => provisioningJob({ ...args, ...changed })[2];
const podOf = (changed: Partial<ProvisioningJobArgs> = {}): Any => jobOf(changed).spec.template.spec;

const refusal = (changed: object) => {
  try {
    provisioningJob({ ...args, ...changed } as ProvisioningJobArgs);
  } catch (error) {
    if (error instanceof HeadwaterError) return error.message;
    throw error;
  }
  return undefined;
};

describe("provisioningJob", () => {
  it("is a ServiceAccount, a ConfigMap and a Job", () => {
    const name = String(jobOf().metadata.name);
    expect(yamlText(...provisioningJob(args)).replaceAll(name, "shop-streams-HASH")).toBe(`apiVersion: v1
kind: ServiceAccount
metadata:
  name: shop-streams
  namespace: shop
  labels:
    app.kubernetes.io/name: headwater
    app.kubernetes.io/instance: shop-streams
    app.kubernetes.io/component: provisioning
automountServiceAccountToken: false
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: shop-streams-HASH
  namespace: shop
  labels:
    app.kubernetes.io/name: headwater
    app.kubernetes.io/instance: shop-streams
    app.kubernetes.io/component: provisioning
immutable: true
data:
  topology.json: |
    {
      "apiVersion": "headwater.dev/v1",
      "kind": "Topology",
      "streams": {
        "ORDERS": {
          "subjects": [
            "orders.>"
          ],
          "maxMsgs": 10,
          "allow": [
            {
              "code": "DL101",
              "field": "maxMsgs",
              "to": 10,
              "reason": "agreed"
            }
          ]
        }
      }
    }
---
apiVersion: batch/v1
kind: Job
metadata:
  name: shop-streams-HASH
  namespace: shop
  labels:
    app.kubernetes.io/name: headwater
    app.kubernetes.io/instance: shop-streams
    app.kubernetes.io/component: provisioning
spec:
  backoffLimit: 6
  activeDeadlineSeconds: 600
  template:
    metadata:
      labels:
        app.kubernetes.io/name: headwater
        app.kubernetes.io/instance: shop-streams
        app.kubernetes.io/component: provisioning
    spec:
      serviceAccountName: shop-streams
      automountServiceAccountToken: false
      enableServiceLinks: false
      restartPolicy: Never
      securityContext:
        runAsNonRoot: true
        runAsUser: 65532
        runAsGroup: 65532
        fsGroup: 65532
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: headwater
          image: registry.example.com/headwater:0.1.0
          args:
            - apply
            - /etc/headwater/topology/topology.json
            - --server
            - nats://eu.nats:4222
            - --creds
            - /etc/headwater/creds/creds
            - --tls-ca
            - /etc/headwater/tls-ca/tls-ca
            - --owner
            - shop/prod
            - --prune
            - --no-color
          securityContext:
            allowPrivilegeEscalation: false
            privileged: false
            readOnlyRootFilesystem: true
            capabilities:
              drop:
                - ALL
          resources:
            requests:
              cpu: 50m
              memory: 128Mi
            limits:
              memory: 512Mi
          volumeMounts:
            - name: topology
              mountPath: /etc/headwater/topology
              readOnly: true
            - name: creds
              mountPath: /etc/headwater/creds
              readOnly: true
            - name: tls-ca
              mountPath: /etc/headwater/tls-ca
              readOnly: true
      volumes:
        - name: topology
          configMap:
            name: shop-streams-HASH
        - name: creds
          secret:
            secretName: nats-deploy
            defaultMode: 288
            items:
              - key: deploy.creds
                path: creds
        - name: tls-ca
          secret:
            secretName: nats-ca
            defaultMode: 288
            items:
              - key: ca.crt
                path: tls-ca
`);
  });

  it("is the same for the same arguments, and another one for every other", () => {
    const name = (changed: Partial<ProvisioningJobArgs> = {}) => String(jobOf(changed).metadata.name);
    expect(JSON.stringify(provisioningJob({ ...args }))).toBe(JSON.stringify(provisioningJob(args)));
    const others = [
      { topology: { streams: { ORDERS: {} } } },
      { image: "registry.example.com/headwater:0.2.0" },
      { servers: ["nats://us.nats:4222"] },
      { prune: false },
      { backoffLimit: 1 },
      { login: { token: { secretName: "nats-deploy", key: "deploy.creds" } } },
    ];
    const names = [{}, ...others].map((changed) => name(changed));
    expect(new Set(names).size).toBe(names.length);
    for (const one of names) expect(one).toMatch(/^shop-streams-[0-9a-f]{10}$/);
    // What is said about the objects alone changes nothing that runs.
    expect(name({ labels: { team: "shop" } })).toBe(name());
  });

  it.each([
    [{ user: "ci", password: { secretName: "s", key: "k" } }, ["--user", "ci", "--password-file", "password"]],
    [{ nkey: { secretName: "s", key: "k" } }, ["--nkey", "nkey"]],
    [{ token: { secretName: "s", key: "k" } }, ["--token-file", "token"]],
  ])("logs in with files: %j", (login, options) => {
    const { containers, volumes } = podOf({ login, tls: undefined });
    const given = containers[0].args.slice(4, 4 + options.length);
    expect(given.map((text: string) => text.split("/").at(-1))).toEqual(options);
    expect(volumes[1].secret).toMatchObject({ secretName: "s", items: [{ key: "k" }] });
    expect(containers[0].env).toBeUndefined();
  });

  it("has what else Kubernetes can be told", () => {
    const told = {
      ttlSecondsAfterFinished: 60,
      backoffLimit: 0,
      activeDeadlineSeconds: 30,
      imagePullPolicy: "Always",
      imagePullSecrets: ["registry"],
      resources: { limits: { memory: "1Gi" } },
      annotations: { "argocd.argoproj.io/hook": "PreSync" },
    } as const;
    expect(jobOf(told).spec).toMatchObject({ ttlSecondsAfterFinished: 60, backoffLimit: 0, activeDeadlineSeconds: 30 });
    expect(jobOf(told).metadata.annotations).toEqual(told.annotations);
    expect(podOf(told)).toMatchObject({
      imagePullSecrets: [{ name: "registry" }],
      containers: [{ imagePullPolicy: "Always", resources: { limits: { memory: "1Gi" } } }],
    });
  });

  it("keeps numbers beyond 2^53", () => {
    const topology = { streams: { BIG: { maxMsgs: "9007199254740993" } } } as const;
    const config = provisioningJob({ ...args, topology })[1] as Any;
    const { sources, findings } = readTopologyText("topology.json", config.data["topology.json"]);
    expect(findings).toEqual([]);
    expect(sources[0]?.value).toMatchObject(topology);
  });

  it.each([
    [{ image: undefined }, 'PJ101 provisioning job "shop-streams": image is required. Set it.'],
    [
      { name: "Shop" },
      'PJ101 provisioning job "Shop": name must be small letters, digits and hyphens, with a letter or digit at both ends, got "Shop". Correct the value.',
    ],
    [
      { backoffLimit: -1 },
      'PJ101 provisioning job "shop-streams": backoffLimit must be a whole number of at least 0, got -1. Correct the value.',
    ],
    [
      { images: "x" },
      'PJ101 provisioning job "shop-streams": images is not a known field. Remove it, or correct its spelling.',
    ],
    [
      { login: { user: "ci", password: "hushhush" } },
      'PJ101 provisioning job "shop-streams": login must be one of { user, password }, { creds }, { nkey } and { token }, with keys of a Secret. Correct the value.',
    ],
    [
      { servers: ["nats://ci:hushhush@eu.nats"] },
      'PJ101 provisioning job "shop-streams": servers contain a login, and manifests hold no secret. Remove it from the URL, and set login.',
    ],
    [
      { login: { creds: { secretName: "SUAHUSHHUSH", key: "k" } } },
      'PJ101 provisioning job "shop-streams": login.creds is no name of a Secret, or no key of one. Correct the value.',
    ],
    [
      { tls: { ca: { secretName: "nats-ca", key: "../ca.crt" } } },
      'PJ101 provisioning job "shop-streams": tls.ca is no name of a Secret, or no key of one. Correct the value.',
    ],
    [
      { image: "an image" },
      'PJ101 provisioning job "shop-streams": image must be an image with its tag or digest, got "an image". Correct the value.',
    ],
    [
      { servers: ["--prune"] },
      'PJ101 provisioning job "shop-streams": servers[0] must be the URL of a server. Correct the value.',
    ],
    [
      { timeout: "soon" },
      'PJ101 provisioning job "shop-streams": timeout must be a duration such as 30s, got "soon". Correct the value.',
    ],
    [
      { resources: { limits: { memory: "1 GB" } } },
      'PJ101 provisioning job "shop-streams": resources.limits.memory must be an amount such as 128Mi, got "1 GB". Correct the value.',
    ],
    [
      { labels: { team: "shop and more" } },
      'PJ101 provisioning job "shop-streams": labels.team must have at most 63 letters, digits, hyphens, dots and underscores, as a label of Kubernetes, got "shop and more". Correct the value.',
    ],
    [
      { tls: { cert: { secretName: "s", key: "k" } } },
      'PJ101 provisioning job "shop-streams": tls has one of cert and key. Set both, or neither.',
    ],
    [
      { owner: undefined },
      'PJ101 provisioning job "shop-streams": prune needs owner. Set owner: what carries another stamp is not deleted.',
    ],
    [
      { owner: "shop" },
      'PJ101 provisioning job "shop-streams": owner must be PROJECT/STACK, got "shop". Correct the value.',
    ],
    [
      { topology: { streams: { BIG: { description: "x".repeat(1024 * 1024) } } } },
      'PJ102 provisioning job "shop-streams": topology has 1048700 bytes as JSON, and a ConfigMap holds 1048576. Split it into several topologies, with a job and an owner for each.',
    ],
  ])("refuses %#", (changed, message) => {
    expect(refusal(changed)).toBe(message);
    expect(refusal(changed)).not.toContain("hush");
  });

  it("says everything at once", () => {
    expect(refusal({ image: undefined, servers: [] })?.split("\n")).toHaveLength(2);
  });
});
