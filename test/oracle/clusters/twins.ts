import type { ClusterSpec } from "../../../model/cluster/cluster-spec";
import type { OperatorTokens } from "./operator-tokens";

/** A cluster refused for one reason, what is said of it, and one as like it as can be that is accepted. */
export interface ClusterTwin {
  /** The rule the refused one breaks; alone, unless `beside` names others. */
  readonly code: string;
  readonly beside?: readonly string[];
  readonly refused: Omit<ClusterSpec, "name">;
  readonly accepted: Omit<ClusterSpec, "name">;
  /** Without code, kind and name. */
  readonly message: string;
  /** @default - the newest */
  readonly version?: string;
}

const secret = { value: "abcdefghijklmnopqrstuvwxyz0123456789" };
const files = { certFile: "cert.pem", keyFile: "key.pem", caFile: "ca.pem" };
const user = { user: "u", password: secret };
const KEY = "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4";
const hub = { urls: ["nats-leaf://127.0.0.1:1"] };
const of = (subject: string) => ({ account: "A", subject });
/** Two accounts: A offers, B takes. */
const exchange = (exports: object[], imports: object[]) =>
  ({ accounts: { A: { users: [user], exports }, B: { imports } } }) as Omit<ClusterSpec, "name">;
const offer = [{ stream: "a.>" }, { service: "s.*" }];

export function clusterTwins({ naming, silent, system, other }: OperatorTokens): readonly ClusterTwin[] {
  const preload = { [system.key]: system.jwt };
  return [
    {
      code: "CL202",
      refused: { ports: { client: 8222 } },
      accepted: { ports: { client: 8223 } },
      message: "ports.monitor 8222 is the port of ports.client too. Choose another port.",
    },
    {
      code: "CL202",
      refused: { size: 3, ports: { cluster: 4222 } },
      accepted: { ports: { cluster: 4222 } },
      message: "ports.cluster 4222 is the port of ports.client too. Choose another port.",
    },
    {
      code: "CL203",
      refused: { lameDuck: { duration: "29999ms" } },
      accepted: { lameDuck: { duration: "30s" } },
      message: "lameDuck.duration 29999ms is below the least the servers accept, 30s. Raise it.",
    },
    {
      code: "CL204",
      refused: { lameDuck: { gracePeriod: "30s" } },
      accepted: { lameDuck: { gracePeriod: "29999ms" } },
      message:
        "lameDuck.gracePeriod 30s is not less than lameDuck.duration, 30s. Lower gracePeriod, or raise duration.",
    },
    {
      code: "CL205",
      refused: { maxPayload: 1001, maxPending: 1000 },
      accepted: { maxPayload: 1000, maxPending: 1000 },
      message:
        "maxPending leaves no room for one message: maxPayload is 1001 bytes, maxPending 1000. Lower maxPayload, or raise maxPending.",
    },
    {
      code: "CL206",
      refused: { monitoring: { https: true } },
      accepted: { monitoring: { https: true }, tls: { client: files } },
      message: "monitoring.https needs a certificate, and tls.client is not set. Set tls.client, or remove https.",
    },
    {
      code: "CL209",
      refused: { authorization: { ...user, token: secret } },
      accepted: { authorization: user },
      message: "authorization has a token beside a user. Keep one of the two.",
    },
    {
      code: "CL211",
      refused: { authorization: user, accounts: { A: { users: [{ ...user, user: "v" }] } } },
      accepted: { accounts: { A: { users: [user] } } },
      message: "authorization excludes accounts. Keep one of the two.",
    },
    {
      code: "CL213",
      refused: { accounts: { A: { users: [{ nkey: KEY, password: secret }] } } },
      accepted: { accounts: { A: { users: [{ nkey: KEY }] } } },
      message: "accounts.A.users[0] has an nkey beside a name or password. Keep one of the two.",
    },
    {
      code: "CL213",
      refused: { accounts: { A: { users: [user, { password: secret }] } } },
      accepted: { accounts: { A: { users: [user] } } },
      message: "accounts.A.users[1] has neither user nor nkey. Set one of the two.",
    },
    {
      code: "CL214",
      refused: { accounts: { A: { users: [{ nkey: `${KEY.slice(0, -1)}5` }] } } },
      accepted: { accounts: { A: { users: [{ nkey: KEY }] } } },
      message: "accounts.A.users[0].nkey is no public key: its checksum is wrong. Copy the whole key again.",
    },
    {
      code: "CL215",
      refused: { accounts: { A: { users: [user] }, B: { users: [user] } } },
      accepted: { accounts: { A: { users: [user] }, B: { users: [{ ...user, user: "U" }] } } },
      message:
        'accounts.B.users[0] is "u" again, first at accounts.A.users[0]. Remove one of the two, or give it another name.',
    },
    {
      code: "CL217",
      refused: { accounts: { A: { users: [{ ...user, permissions: { publish: { allow: ["a workers"] } } }] } } },
      accepted: { accounts: { A: { users: [{ ...user, permissions: { subscribe: { allow: ["a workers"] } } }] } } },
      message:
        'accounts.A.users[0].permissions.publish.allow[0] "a workers" is no subject. Write tokens separated by dots, wildcards * and >.',
    },
    {
      code: "CL218",
      version: "2.10.29",
      refused: { accounts: { A: { users: [{ ...user, allowedConnectionTypes: ["IN_PROCESS"] }] } } },
      accepted: { accounts: { A: { users: [{ ...user, allowedConnectionTypes: ["MQTT_WS"] }] } } },
      message:
        'accounts.A.users[0].allowedConnectionTypes "IN_PROCESS" needs nats-server 2.11.0 or newer, the cluster runs 2.10.29. Raise version, or remove it.',
    },
    {
      code: "CL219",
      refused: { accounts: { A: { users: [user] } }, noAuthUser: "v" },
      accepted: { accounts: { A: { users: [user] } }, noAuthUser: "u" },
      message: 'noAuthUser "v" is no user of any account. Declare the user, or correct its spelling.',
    },
    {
      code: "CL220",
      refused: { accounts: { $G: { users: [user] } } },
      accepted: { accounts: { G: { users: [user] } } },
      message: "accounts.$G is the servers' own account. Give it another name.",
    },
    {
      code: "CL221",
      refused: { accounts: { A: { users: [user] } }, systemAccount: "S" },
      accepted: { accounts: { A: { users: [user] }, S: {} }, systemAccount: "S" },
      message: 'systemAccount "S" is not declared. Declare it under accounts, or correct its spelling.',
    },
    {
      code: "CL231",
      refused: exchange([{ stream: "a", service: "b" }], []),
      accepted: exchange([{ stream: "a" }, { service: "b" }], []),
      message: "accounts.A.exports[0] offers a stream and a service. Write two exports.",
    },
    {
      code: "CL232",
      refused: exchange([{ stream: "a", responseType: "stream" }], []),
      accepted: exchange([{ service: "a", responseType: "stream" }], []),
      message: "accounts.A.exports[0].responseType is for services, and this is a stream. Remove it.",
    },
    {
      code: "CL233",
      refused: exchange([{ stream: "a", accounts: ["B", "C"] }], []),
      accepted: exchange([{ stream: "a", accounts: ["B"] }], []),
      message:
        'accounts.A.exports[0].accounts[1] "C" is no account of this cluster. Declare it, or correct its spelling.',
    },
    {
      code: "CL234",
      refused: exchange(offer, [{ stream: of("a.b"), service: of("s.b") }]),
      accepted: exchange(offer, [{ stream: of("a.b") }, { service: of("s.b") }]),
      message: "accounts.B.imports[0] brings in a stream and a service. Write two imports.",
    },
    {
      code: "CL235",
      refused: exchange([{ stream: "a.*" }], [{ stream: of("a.>") }]),
      accepted: exchange([{ stream: "a.>" }], [{ stream: of("a.*") }]),
      message:
        'accounts.B.imports[0].stream "a.>" is not exported to "B" by "A". Export it there, or remove the import.',
    },
    {
      code: "CL235",
      refused: exchange([{ service: "a", accounts: ["A"] }], [{ service: of("a") }]),
      accepted: exchange([{ service: "a", accounts: ["B"] }], [{ service: of("a") }]),
      message:
        'accounts.B.imports[0].service "a" is not exported to "B" by "A". Export it there, or remove the import.',
    },
    {
      code: "CL235",
      refused: exchange([], [{ service: { account: "C", subject: "a" } }]),
      accepted: exchange([], []),
      message:
        'accounts.B.imports[0].service names account "C", which is not declared. Export it there, or remove the import.',
    },
    {
      code: "CL236",
      refused: exchange(offer, [{ stream: of("a.b") }, { stream: of("a.b"), prefix: "p" }]),
      accepted: exchange(offer, [{ stream: of("a.b") }, { stream: of("a.c"), prefix: "p" }]),
      message: 'accounts.B.imports[1] brings in "a.b" again, first at accounts.B.imports[0]. Remove one.',
    },
    {
      code: "CL237",
      refused: {
        accounts: {
          A: { users: [user], exports: [{ stream: "a" }], imports: [{ stream: { account: "B", subject: "a" } }] },
          B: { exports: [{ stream: "a" }], imports: [{ stream: of("a") }] },
        },
      },
      accepted: {
        accounts: {
          A: { users: [user], exports: [{ stream: "a" }], imports: [{ stream: { account: "B", subject: "b" } }] },
          B: { exports: [{ stream: "b" }], imports: [{ stream: of("a") }] },
        },
      },
      message: "accounts.B.imports[0] leads back to this account. Remove one import of the circle.",
    },
    {
      code: "CL238",
      refused: exchange([{ stream: "a.*.*" }], [{ stream: of("a.*.*"), to: "b.$2" }]),
      accepted: exchange([{ stream: "a.*.*" }], [{ stream: of("a.*.*"), to: "b.$2.$1" }]),
      message:
        'accounts.B.imports[0].to "b.$2" is no mapping of "a.*.*": it uses 1 of 2 wildcards. Take every wildcard over, in any order: $1, $2.',
    },
    {
      code: "CL238",
      refused: exchange(offer, [{ stream: of("a.b"), prefix: "p.*" }]),
      accepted: exchange(offer, [{ stream: of("a.b"), prefix: "p.q" }]),
      message: 'accounts.B.imports[0].prefix "p.*" has wildcards. Write a subject without them.',
    },
    {
      code: "CL245",
      refused: { tls: { client: { ...files, cipherSuites: ["TLS_RSA_WITH_RC4_128_SHA"] } } },
      accepted: { tls: { client: { ...files, cipherSuites: ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"] } } },
      message: 'tls.client.cipherSuites[0] "TLS_RSA_WITH_RC4_128_SHA" is insecure. Use others, or leave the field out.',
    },
    {
      code: "CL245",
      version: "2.10.29",
      refused: { tls: { client: { ...files, cipherSuites: ["TLS_RSA_WITH_AES_128_GCM_SHA256"] } } },
      accepted: { tls: { client: { ...files, cipherSuites: ["TLS_RSA_WITH_RC4_128_SHA"] } } },
      message:
        'tls.client.cipherSuites[0] "TLS_RSA_WITH_AES_128_GCM_SHA256" is not known to nats-server 2.10.29. Use others, or leave the field out.',
    },
    {
      code: "CL245",
      refused: { tls: { client: { ...files, cipherSuites: [] } } },
      accepted: { tls: { client: files } },
      message: "tls.client.cipherSuites is empty. Use others, or leave the field out.",
    },
    {
      code: "CL246",
      refused: { tls: { client: { ...files, curvePreferences: ["P256"] } } },
      accepted: { tls: { client: { ...files, curvePreferences: ["CurveP256"] } } },
      message:
        'tls.client.curvePreferences[0] "P256" is not known to nats-server 2.15.1. Use others, or leave the field out.',
    },
    {
      code: "CL252",
      refused: {
        jetstream: { maxFileStore: "10MiB" },
        accounts: { A: { users: [user], jetstream: { maxFile: "6MiB" } }, B: { jetstream: { maxFile: "5MiB" } } },
      },
      accepted: {
        jetstream: { maxFileStore: "10MiB" },
        accounts: { A: { users: [user], jetstream: { maxFile: "6MiB" } }, B: { jetstream: { maxFile: "4MiB" } } },
      },
      message:
        "jetstream.maxFileStore 10MiB is less than the 11MiB accounts may have together (maxFile). Raise it, or lower maxFile of the accounts.",
    },
    {
      code: "CL261",
      refused: { accounts: { A: { users: [user] } }, leafNodes: { remotes: [{ ...hub, account: "B" }] } },
      accepted: { accounts: { A: { users: [user] } }, leafNodes: { remotes: [{ ...hub, account: "A" }] } },
      message: 'leafNodes.remotes[0].account "B" is not one of accounts. Name one of accounts.',
    },
    {
      code: "CL262",
      refused: { leafNodes: { remotes: [{ urls: ["nats://127.0.0.1:1", "ws://127.0.0.1:2"] }] } },
      accepted: { leafNodes: { remotes: [{ urls: ["wss://127.0.0.1:1", "ws://127.0.0.1:2"] }] } },
      message: "leafNodes.remotes[0].urls mix websocket and other URLs. Write two remotes.",
    },
    {
      code: "CL263",
      refused: { leafNodes: { remotes: [hub, hub] } },
      accepted: { leafNodes: { remotes: [hub, { urls: ["nats-leaf://127.0.0.1:2"] }] } },
      message: "leafNodes.remotes[1] is the same as leafNodes.remotes[0]. Remove one of the two.",
    },
    {
      code: "CL265",
      refused: { standalone: false, gateway: {}, leafNodes: { listen: true } },
      accepted: {
        standalone: false,
        gateway: {},
        leafNodes: { listen: true },
        accounts: { A: { users: [user] }, SYS: {} },
      },
      message:
        "systemAccount is required where leaf nodes connect to a cluster with a gateway. Declare an account SYS, or name another one.",
    },
    {
      code: "CL267",
      refused: { websocket: { allowedOrigins: ["app.example.com"] } },
      accepted: { websocket: { allowedOrigins: ["https://app.example.com"] } },
      message:
        'websocket.allowedOrigins[0] "app.example.com" is no origin. Write it as browsers do: "https://app.example.com".',
    },
    {
      code: "CL268",
      refused: { leafNodes: { remotes: [{ urls: ["nats-leaf://127.0.0.1:port"] }] } },
      accepted: { leafNodes: { remotes: [{ urls: ["nats-leaf://127.0.0.1:1"] }] } },
      message:
        'leafNodes.remotes[0].urls[0] "nats-leaf://127.0.0.1:port" has no host, or a port that is none. Write SCHEME://HOST:PORT.',
    },
    {
      code: "CL269",
      refused: { gateway: {} },
      accepted: { gateway: {}, standalone: false },
      message: "gateway connects clusters, and this is a standalone server. Set standalone: false, or more servers.",
    },
    {
      code: "CL271",
      refused: { operator: { jwt: naming, preload, resolver: { type: "full", hardDelete: true } } },
      accepted: { operator: { jwt: naming, preload, resolver: { type: "full", hardDelete: true, allowDelete: true } } },
      message: "operator.resolver.hardDelete has no effect without allowDelete. Set allowDelete: true, or remove it.",
    },
    {
      code: "CL271",
      refused: { operator: { jwt: naming, preload, resolver: { type: "cache", allowDelete: true } } },
      accepted: { operator: { jwt: naming, preload, resolver: { type: "cache", ttl: "1h" } } },
      message: "operator.resolver.allowDelete is not for a resolver of type cache. Remove it, or choose another type.",
    },
    {
      code: "CL272",
      refused: { operator: { jwt: system.jwt, systemAccount: system.key, preload } },
      accepted: { operator: { jwt: silent, systemAccount: system.key, preload } },
      message: "operator.jwt is not the JWT of an operator. Export it: nsc describe operator --raw.",
    },
    {
      code: "CL273",
      refused: { operator: { jwt: silent, resolver: { type: "full" } } },
      accepted: { operator: { jwt: silent, systemAccount: system.key, preload, resolver: { type: "full" } } },
      message: "operator.systemAccount is required: the operator's JWT names none. Set it.",
    },
    {
      code: "CL273",
      refused: { operator: { jwt: naming, systemAccount: other.key, preload: { ...preload, [other.key]: other.jwt } } },
      accepted: { operator: { jwt: naming, systemAccount: system.key, preload } },
      message: "operator.systemAccount is not the one the operator's JWT names. Remove it.",
    },
    {
      code: "CL274",
      refused: { operator: { jwt: naming, preload: { [system.key]: other.jwt } } },
      accepted: { operator: { jwt: naming, preload } },
      message: `operator.preload.${system.key} is not the JWT of this account. Export it again.`,
    },
    {
      code: "CL275",
      refused: { operator: { jwt: naming, preload: { [other.key]: other.jwt } } },
      accepted: { operator: { jwt: naming, preload: { ...preload, [other.key]: other.jwt } } },
      message: `operator.preload lacks the system account. Add the JWT of ${system.key}.`,
    },
  ];
}
