import type { ClusterSpec } from "../../../model/cluster/cluster-spec";
import { formatFinding } from "../../../model/finding";
import type { TopologySpec } from "../../../model/topology-spec";
import { preflightCluster } from "../../../preflight/cluster/preflight-cluster";

const secret = { value: "abcdefghijklmnopqrstuvwxyz0123456789" };
const user = { user: "u", password: secret };
const withUser = (more: object) => ({ accounts: { A: { users: [{ ...user, ...more }] } } });
const exchange = (exports: object[], imports: object[]) => ({
  accounts: { A: { users: [user], exports }, B: { imports } },
});
const hub = { urls: ["nats-leaf://127.0.0.1:1"] };
const of = (subject: string) => ({ account: "A", subject });
const said = (spec: object, topology?: TopologySpec) =>
  preflightCluster({ name: "nats", ...spec } as ClusterSpec, { topology }).map(formatFinding);

/** What only Headwater refuses, or warns of: the first spec has the finding, the second none. */
const cases: readonly (readonly [message: string, spec: object, sound: object])[] = [
  [
    'CL201 cluster "nats": standalone true is for one server, size is 3. Remove standalone: several servers are a cluster.',
    { size: 3, standalone: true },
    { size: 1, standalone: true },
  ],
  [
    'CL202 cluster "nats": ports.client 7777 is the port of the exporter too. Choose another port.',
    { ports: { client: 7777 }, monitoring: { exporter: true } },
    { ports: { client: 7777 } },
  ],
  [
    'CL207 cluster "nats": kubernetes.chart has oci and path, which exclude each other. Keep one of them.',
    { kubernetes: { chart: { oci: "oci://charts.example.com/nats", path: "nats.tgz" } } },
    { kubernetes: { chart: { path: "nats.tgz" } } },
  ],
  [
    'CL208 cluster "nats": jetstream.strict needs nats-server 2.11.0 or newer, the cluster runs 2.10.29. Raise version, or remove the field.',
    { version: "2.10.29", jetstream: { strict: true } },
    { version: "2.11.0", jetstream: { strict: true } },
  ],
  [
    'CL212 cluster "nats": authorization has a user without a password. Set password.',
    { authorization: { user: "u" } },
    { authorization: user },
  ],
  [
    'CL212 cluster "nats": authorization lets everybody in: it has neither user nor token. Set user and password.',
    { authorization: {} },
    { authorization: { token: secret } },
  ],
  [
    'CL212 cluster "nats": authorization has a password without a user. Set user, or remove password.',
    { authorization: { password: secret } },
    { authorization: user },
  ],
  [
    'CL216 cluster "nats": accounts.A.users[0] has permissions beside a role. Keep one of the two.',
    withUser({ role: "admin", permissions: {} }),
    withUser({ role: "admin" }),
  ],
  [
    'CL216 cluster "nats": accounts.A.users[0] is a publisher without subjects. Set subjects.',
    withUser({ role: "publisher" }),
    withUser({ role: "publisher", subjects: ["a"] }),
  ],
  [
    'CL216 cluster "nats": accounts.A.users[0] is a consumer without consumers. Set consumers.',
    withUser({ role: "consumer" }),
    withUser({ role: "consumer", consumers: ["S/c"] }),
  ],
  [
    'CL222 cluster "nats": accounts.SYS.jetstream cannot be on: it is the system account. Remove it, and keep streams in another account.',
    { accounts: { A: { users: [user] }, SYS: { jetstream: true } } },
    { accounts: { A: { users: [user] }, SYS: { jetstream: false } } },
  ],
  [
    'CL230 cluster "nats": accounts.A.exports[0] offers neither a stream nor a service. Set one of the two.',
    exchange([{ accounts: ["B"] }], []),
    exchange([{ stream: "a", accounts: ["B"] }], []),
  ],
  [
    'CL239 cluster "nats": accounts.B.imports[0] brings in neither a stream nor a service. Set one of the two.',
    exchange([{ stream: "a" }], [{ to: "b" }]),
    exchange([{ stream: "a" }], [{ stream: of("a"), to: "b" }]),
  ],
  [
    'CL239 cluster "nats": accounts.B.imports[0] has a prefix beside to. Keep one of the two.',
    exchange([{ stream: "a" }], [{ stream: of("a"), to: "b", prefix: "c" }]),
    exchange([{ stream: "a" }], [{ stream: of("a"), prefix: "c" }]),
  ],
  [
    'CL239 cluster "nats": accounts.B.imports[0] has a prefix, which is for streams. Use to.',
    exchange([{ service: "a" }], [{ service: of("a"), prefix: "c" }]),
    exchange([{ service: "a" }], [{ service: of("a"), to: "c.a" }]),
  ],
  [
    'CL241 cluster "nats": tls.client has no certificate. Set one of secretName, certFile with keyFile, issuer and ownAuthority.',
    { tls: { client: { verify: true } } },
    { tls: { client: { verify: true, secretName: "tls" } } },
  ],
  [
    'CL241 cluster "nats": tls.client has two sources, secretName and ownAuthority. Keep one of the two.',
    { tls: { client: { secretName: "tls", ownAuthority: true } } },
    { tls: { client: { ownAuthority: true } } },
  ],
  [
    'CL241 cluster "nats": tls.client has a certFile without a keyFile. Set keyFile.',
    { tls: { client: { certFile: "a" } } },
    { tls: { client: { certFile: "a", keyFile: "b" } } },
  ],
  [
    'CL241 cluster "nats": tls.client has a keyFile without a certFile. Set certFile.',
    { tls: { client: { keyFile: "b" } } },
    { tls: { client: { certFile: "a", keyFile: "b", caFile: "c" } } },
  ],
  [
    'CL241 cluster "nats": tls.client has a caFile beside issuer. Remove caFile: the authority comes with the certificate.',
    { tls: { client: { issuer: { name: "i" }, caFile: "c" } } },
    { leafNodes: { remotes: [{ ...hub, tls: { caFile: "c" } }] } },
  ],
  [
    'CL242 cluster "nats": tls.client.renewBefore 90d is not less than duration, 90d. Lower it: a certificate is renewed while it is valid.',
    { tls: { client: { ownAuthority: true, renewBefore: "90d" } } },
    { tls: { client: { ownAuthority: true, renewBefore: "90d", duration: "91d" } } },
  ],
  [
    'CL243 cluster "nats": tls.cluster.verifyAndMap is for sides where users log in. Remove it.',
    { size: 3, tls: { cluster: { ownAuthority: true, verifyAndMap: true } } },
    { size: 3, tls: { client: { ownAuthority: true, verifyAndMap: true } } },
  ],
  [
    'CL243 cluster "nats": tls.websocket.handshakeFirst is for clients and leaf nodes. Remove it.',
    { websocket: {}, tls: { websocket: { ownAuthority: true, handshakeFirst: "auto" } } },
    { tls: { client: { ownAuthority: true, handshakeFirst: "auto" } } },
  ],
  [
    'CL244 cluster "nats": tls.cluster protects a side that does not listen: standalone is on: there are no other servers. Turn the side on, or remove it.',
    { tls: { cluster: { ownAuthority: true } } },
    { standalone: false, tls: { cluster: { ownAuthority: true } } },
  ],
  [
    'CL244 cluster "nats": tls.leafNodes protects a side that does not listen: leafNodes.listen is not on. Turn the side on, or remove it.',
    { tls: { leafNodes: { ownAuthority: true } }, leafNodes: { remotes: [hub] } },
    { tls: { leafNodes: { ownAuthority: true } }, leafNodes: { listen: true } },
  ],
  [
    'CL251 cluster "nats": jetstream.encryption.previousKey is the same as key. Set the key before this one, or remove it.',
    { jetstream: { encryption: { key: secret, previousKey: secret } } },
    { jetstream: { encryption: { key: secret, previousKey: { env: "OLD" } } } },
  ],
  [
    'CL264 cluster "nats": leafNodes.remotes[0] has credentials beside user or password. Keep one of the two.',
    { leafNodes: { remotes: [{ ...hub, user: "u", credentials: { file: "c" } }] } },
    { leafNodes: { remotes: [{ ...hub, credentials: { file: "c" } }] } },
  ],
  [
    'CL264 cluster "nats": leafNodes.remotes[0] has a password without a user. Set user.',
    { leafNodes: { remotes: [{ ...hub, password: secret }] } },
    { leafNodes: { remotes: [{ ...hub, ...user }] } },
  ],
  [
    'CL264 cluster "nats": leafNodes.remotes[0] has credentials that are no file. Use { secretName, key } or { file }.',
    { leafNodes: { remotes: [{ ...hub, credentials: { env: "CREDS" } }] } },
    { leafNodes: { remotes: [{ ...hub, credentials: { secretName: "s", key: "k" } }] } },
  ],
  [
    'CL266 cluster "nats": gateway.remotes[1].name "west" is named before, at gateway.remotes[0]. Write its URLs in one entry.',
    {
      size: 3,
      gateway: {
        remotes: [
          { name: "west", urls: ["nats://a"] },
          { name: "west", urls: ["nats://b"] },
        ],
      },
    },
    { size: 3, gateway: { remotes: [{ name: "west", urls: ["nats://a", "nats://b"] }] } },
  ],
  [
    'CW101 cluster "nats": size 2 stops when either server does: a majority of two is both. Use 1 or 3.',
    { size: 2 },
    { size: 3 },
  ],
  ['CW101 cluster "nats": size 4 survives as many failures as 3. Use 3 or 5.', { size: 4 }, { size: 5 }],
  [
    'CW102 cluster "nats": version 2.9.25 is no supported version: judged as 2.10.0 would be, which may be wrong. Use 2.15.1.',
    { version: "2.9.25" },
    { version: "2.10.0" },
  ],
  [
    'CW103 cluster "nats": kubernetes.terminationGracePeriod 30s kills a server in lame duck mode, which takes 30s. Set it above 30s, such as 1m, or leave it out.',
    { kubernetes: { terminationGracePeriod: "30s" } },
    { kubernetes: { terminationGracePeriod: "31s" } },
  ],
  [
    'CW104 cluster "nats": kubernetes.maxUnavailable 2 of 3 servers away leaves no majority: nothing is written meanwhile. Use at most 1.',
    { size: 3, kubernetes: { maxUnavailable: 2 } },
    { size: 5, kubernetes: { maxUnavailable: 2 } },
  ],
  [
    'CW105 cluster "nats": standalone is true for a single server that does not say: it can never become a cluster in place. Write standalone: true if that is meant, false for a cluster of one that can grow.',
    { jetstream: { volume: { size: "1GiB" } } },
    { jetstream: { volume: { size: "1GiB" } }, standalone: true },
  ],
  [
    'CW106 cluster "nats": monitoring.podMonitor has no effect without monitoring.exporter. Set it, or remove this.',
    { monitoring: { podMonitor: true } },
    { monitoring: { podMonitor: true, exporter: true } },
  ],
  [
    'CW106 cluster "nats": tls.client.duration has no effect without issuer or ownAuthority: the certificate is made elsewhere. Set it, or remove this.',
    { tls: { client: { secretName: "tls", duration: "30d" } } },
    { tls: { client: { ownAuthority: true, duration: "30d" } } },
  ],
  [
    'CW111 cluster "nats": jetstream.maxFileStore 9GiB is above 80 % of the volume of 10GiB: servers stop writing when it is full. Lower it, leave it out, or raise volume.size.',
    { standalone: true, jetstream: { volume: { size: "10GiB" }, maxFileStore: "9GiB" } },
    { standalone: true, jetstream: { volume: { size: "10GiB" }, maxFileStore: "8GiB" } },
  ],
  [
    'CW114 cluster "nats": jetstream.encryption.key has 31 characters, fewer than 32: it can be guessed. Use a random key of 32 characters or more.',
    { jetstream: { encryption: { key: { value: "k".repeat(31) } } } },
    { jetstream: { encryption: { key: { value: "k".repeat(32) } } } },
  ],
  [
    'CW115 cluster "nats": jetstream.maxMemoryStore 2GiB is all of the container\'s memory, 2Gi, or more: the server is killed before it is full. Lower it, or raise kubernetes.resources.limits.memory.',
    { jetstream: { maxMemoryStore: "2GiB" }, kubernetes: { resources: { limits: { memory: "2Gi" } } } },
    { jetstream: { maxMemoryStore: "2GiB" }, kubernetes: { resources: { limits: { memory: "4Gi" } } } },
  ],
  [
    'CW116 cluster "nats": kubernetes.goMemLimit 2048MiB is all of the container\'s memory, 2Gi, or more: the server is killed before memory is freed. Use about 90 % of the memory, or leave it out.',
    { kubernetes: { goMemLimit: "2048MiB", resources: { limits: { memory: "2Gi" } } } },
    { kubernetes: { goMemLimit: "1800MiB", resources: { limits: { memory: "2Gi" } } } },
  ],
  [
    'CW117 cluster "nats": jetstream.uniqueTag "az:" begins no tag of the servers: no replicated stream can be placed. Give each server a tag of its own: extraConfig: {server_tags: ["<< $ZONE >>"]}.',
    { size: 3, jetstream: { uniqueTag: "az:" } },
    { size: 3, jetstream: { uniqueTag: "az:" }, extraConfig: { server_tags: ["<< $ZONE >>"] } },
  ],
  [
    'CW121 cluster "nats": accounts.A.users[0] lets everybody in who says "u": it has no password. Set password, or tls.client.verifyAndMap for certificates.',
    { accounts: { A: { users: [{ user: "u" }] } } },
    { accounts: { A: { users: [{ user: "u" }] } }, noAuthUser: "u" },
  ],
  [
    'CW122 cluster "nats": accounts have no user: nobody can log in. Declare a user.',
    { accounts: { A: {} } },
    { accounts: { A: { users: [user] } } },
  ],
  [
    'CW123 cluster "nats": accounts.A.users[0].subjects has no effect: a user with role admin has none. Set another role, or remove it.',
    withUser({ role: "admin", subjects: ["a"] }),
    withUser({ role: "admin" }),
  ],
  [
    'CW124 cluster "nats": extraConfig.mqtt.authorization.users[0].password is a secret written out, and would be written as it is, where others can read it. Name a variable of the servers: "<< $NAME >>".',
    { extraConfig: { mqtt: { authorization: { users: [{ user: "u", password: "hunter2" }] } } } },
    {
      extraConfig: {
        mqtt: { authorization: { users: [{ user: "u", password: "<< $MQTT >>" }, { password: "$2a$11$x" }] } },
      },
    },
  ],
  [
    'CW124 cluster "nats": extraConfig.leafnodes.remotes[0].urls[0] is a secret written out, and would be written as it is, where others can read it. Name a variable of the servers: "<< $NAME >>".',
    { extraConfig: { leafnodes: { remotes: [{ urls: ["nats://u:hunter2@hub:7422"] }] } } },
    { extraConfig: { leafnodes: { remotes: [{ urls: ["nats://u@hub:7422"] }] } } },
  ],
  [
    'CW124 cluster "nats": extraConfig.jetstream.ek is a secret written out, and would be written as it is, where others can read it. Name a variable of the servers: "<< $NAME >>".',
    { extraConfig: { jetstream: { ek: "hunter2" } } },
    { extraConfig: { jetstream: { ek: "<< $KEY >>" } } },
  ],
];

describe("preflightCluster", () => {
  it.each(cases)("says %s", (message, spec, sound) => {
    expect(said(spec)).toEqual([message]);
    expect(said(sound)).toEqual([]);
  });

  const streams = (spec: object): TopologySpec => ({ streams: { S: { subjects: ["s"], ...spec } } }) as TopologySpec;
  const store = { jetstream: { maxFileStore: "1GiB", maxMemoryStore: "1GiB" } };

  it.each<readonly [string, object, TopologySpec, TopologySpec]>([
    [
      'CL301 stream "S": replicas 3 needs 3 servers, cluster "nats" is a single server. Lower replicas, or raise the size of the cluster.',
      {},
      streams({ replicas: 3 }),
      streams({ replicas: 1 }),
    ],
    [
      'CL302 stream "S": storage memory has no room: jetstream.maxMemoryStore of cluster "nats" is 0. Set maxMemoryStore of the cluster, or use storage: file.',
      {},
      streams({ storage: "memory" }),
      streams({ storage: "file" }),
    ],
    [
      'CW112 cluster "nats": jetstream.maxFileStore 1GiB on each of 3 servers is less than the 6GiB the streams reserve. Raise it, or lower maxBytes of the streams.',
      { size: 3, ...store },
      streams({ replicas: 3, maxBytes: "2GiB" }),
      streams({ replicas: 3, maxBytes: "1GiB" }),
    ],
    [
      'CW112 cluster "nats": jetstream.maxMemoryStore 1GiB on one server is less than the 2GiB the streams reserve. Raise it, or lower maxBytes of the streams.',
      store,
      streams({ storage: "memory", maxBytes: "2GiB" }),
      streams({ storage: "memory", maxBytes: "1GiB" }),
    ],
    [
      'CW113 cluster "nats": accounts.A.jetstream.maxFile 1GiB is less than the 2GiB the streams reserve. Raise it, or lower maxBytes of the streams.',
      { accounts: { A: { users: [user], jetstream: { maxFile: "1GiB" } } } },
      streams({ maxBytes: "2GiB" }),
      streams({ maxBytes: "1GiB" }),
    ],
  ])("says of a topology: %s", (message, spec, topology, sound) => {
    expect(said(spec, topology)).toEqual([message]);
    expect(said(spec, sound)).toEqual([]);
  });

  it("says everything at once, errors first, and passes over what hangs on a wrong shape", () => {
    expect(said({ size: 2, tls: { client: {} }, accounts: 5, noAuthUser: "u" })).toEqual([
      'CL101 cluster "nats": accounts must be a map, got 5. Correct the value.',
      'CL241 cluster "nats": tls.client has no certificate. Set one of secretName, certFile with keyFile, issuer and ownAuthority.',
      'CW101 cluster "nats": size 2 stops when either server does: a majority of two is both. Use 1 or 3.',
    ]);
  });
});
