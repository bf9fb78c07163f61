import * as pulumi from "@pulumi/pulumi";
import { effectiveCluster } from "../../model/cluster/effective";
import { helmValues } from "../../render/helm-values";
import { witnessObjects } from "../../render/kubernetes/witness";
import { collectSecrets, placeSecrets } from "./cluster/cluster-secrets";
import { completeSpec } from "./cluster/complete-spec";
import { clusterUrl, connectionsOf } from "./cluster/connections";
import { placeEncryption } from "./cluster/encryption";
import { issuedCertificates } from "./cluster/issued-certificates";
import { judgeCluster } from "./cluster/judge-cluster";
import { registerObject } from "./cluster/kubernetes-sdk";
import { ownCertificates } from "./cluster/own-certificates";
import {
  makeNamespace,
  makePasswords,
  makeSecret,
  membersOf,
  systemProvider,
  withEncryption,
  withoutEncryption,
} from "./cluster/parts";
import { installChart, withManagedRollout } from "./cluster/release";
import { secretsVersion, withSecretsVersion } from "./cluster/secrets-version";
import { ClusterChange, ClusterMembers } from "./cluster/server-work";
import { clusterUsers } from "./cluster/users";
import { resizedVolumes } from "./cluster/volumes";
import type { NatsClusterArgs } from "./nats-cluster-args";
import { Provider } from "./provider";

/**
 * A NATS cluster on Kubernetes: the official chart with storage, encryption, TLS, accounts, a disruption budget and spread.
 * Its `provider` makes streams in the same run. Children are named after the component: `nats-chart`, `nats-secrets`.
 *
 * Needs `@pulumi/kubernetes`, and `@kubernetes/client-node` unless `portForward` is `false`.
 *
 * @example
 * const cluster = new hw.NatsCluster("nats", { size: 3, jetstream: { volume: { size: "20GiB" }, encryption: {} } });
 * new hw.Stream("ORDERS", { subjects: ["orders.>"], replicas: 3 }, { provider: cluster.provider });
 */
export class NatsCluster extends pulumi.ComponentResource {
  /** Providers by account, for accounts with a user that may manage streams. */
  readonly providers: Readonly<Record<string, Provider>>;
  /** Address for clients in Kubernetes. */
  readonly url: pulumi.Output<string>;
  /** Authority clients have to trust, PEM; empty where they need none of their own. */
  readonly ca: pulumi.Output<string | undefined>;
  /** Passwords by `ACCOUNT/USER`. Secret. */
  readonly passwords: pulumi.Output<Readonly<Record<string, string>>>;
  /** Namespace of everything. */
  readonly namespace: pulumi.Output<string>;
  /** Secret with the cluster's passwords and keys. */
  readonly secretName: pulumi.Output<string>;
  readonly #name: string;

  constructor(name: string, args: NatsClusterArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("headwater:index:NatsCluster", name, {}, opts);
    this.#name = name;
    const parent = { parent: this };
    const complete = completeSpec(name, args);
    judgeCluster(name, complete, args);
    const passwords = makePasswords(name, complete, parent);
    const secrets = collectSecrets(`${complete.spec.name}-secrets`, passwords.made);
    const unencrypted = placeSecrets(withoutEncryption(passwords.spec), secrets);
    const { namespace } = effectiveCluster(unencrypted);

    const space = args.createNamespace === false ? [] : [makeNamespace(name, namespace, parent)];
    const inNamespace = { ...parent, dependsOn: space };
    const own = ownCertificates(name, unencrypted, args.authority, inNamespace);
    const issued = issuedCertificates(name, unencrypted, inNamespace);
    const connections = connectionsOf(name, unencrypted, args, { own, ...issued }, inNamespace);
    const users = clusterUsers(unencrypted, args, passwords.byUser);
    const system = systemProvider(name, users, connections, parent);

    const encryption = args.jetstream?.encryption;
    const placed =
      encryption &&
      placeEncryption(name, unencrypted, encryption, secrets, { ...parent, ...(system && { provider: system }) });
    const spec = withEncryption(unencrypted, placed);

    const isManaged = args.portForward !== false && system !== undefined;
    const change = new ClusterChange(
      `${name}-change`,
      {
        cluster: spec.name,
        spec,
        keys: placed?.keys,
        generation: placed?.generation,
        managed: isManaged,
        allow: encryption && "allow" in encryption ? encryption.allow : undefined,
      },
      { ...parent, ...(system && { provider: system }) },
    );
    const context = { keyTags: placed?.keyTags };
    const secret = makeSecret(name, namespace, secrets, { ...inNamespace, dependsOn: [...space, change] });
    const before = [...space, change, secret, ...issued.certificates, ...(own?.secrets ?? [])];
    const witness = witnessObjects(spec, context).map((object) =>
      registerObject(`${name}-witness-${object.kind.toLowerCase()}`, object, { ...parent, dependsOn: before }),
    );
    const version = secretsVersion(secrets);
    const values = withSecretsVersion(helmValues(spec, context), version);
    const chart = installChart(
      `${name}-chart`,
      spec,
      isManaged ? withManagedRollout(values) : values,
      args.mode ?? "chart",
      { ...parent, dependsOn: [...before, ...witness] },
    );
    const members = isManaged
      ? new ClusterMembers(`${name}-members`, membersOf(spec, placed, version), {
          ...parent,
          provider: system,
          dependsOn: [chart, ...witness],
        })
      : chart;
    // All claims are there once all servers are.
    const volumes = resizedVolumes(name, spec, placed?.keys?.key, { ...parent, dependsOn: members });
    const ready = [members, ...volumes];
    this.providers = Object.fromEntries(
      users
        .filter(({ manages }) => manages)
        .map(({ account, login, user }) => [
          account,
          new Provider(`${name}-${account}`, connections.to(login, user), { ...parent, dependsOn: ready }),
        ]),
    );
    this.url = pulumi.output(clusterUrl(spec));
    this.ca = connections.ca;
    this.namespace = pulumi.output(namespace);
    this.secretName = pulumi.output(secrets.secretName);
    this.passwords = pulumi.secret(pulumi.all(passwords.byUser));
    this.registerOutputs({
      url: this.url,
      ca: this.ca,
      namespace: this.namespace,
      secretName: this.secretName,
      passwords: this.passwords,
    });
  }

  /** The provider of the first account that is not the servers' own. */
  get provider(): Provider {
    const [first] = Object.values(this.providers);
    if (first) return first;
    throw new pulumi.RunError(
      `NatsCluster "${this.#name}": no account has a user that manages streams. Give one the role "applier", or set credentials.`,
    );
  }
}
