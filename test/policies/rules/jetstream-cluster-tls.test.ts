import { clusterTls } from "../../../policies/rules/jetstream-cluster-tls";
import { messages, UNKNOWN } from "../support/judge";

const side = { secretName: "a-secret" };
const of = (fields: object, config?: object) =>
  messages(clusterTls, ({ cluster }) => Object.assign(cluster, fields), { config: config as never });
const unset = (name: string, crosses: string) =>
  `jetstream-cluster-tls cluster "nats": tls.${name} is not set: ${crosses} can be read on the network. Set tls for the side: a secretName, an issuer, ownAuthority, or certFile with keyFile.`;

it("accepts TLS of clients and between servers", () => expect(of({})).toEqual([]));

it("reports a cluster without TLS, of three servers and of five", () => {
  const both = [
    unset("client", "what clients send and receive, logins included,"),
    unset("cluster", "every replicated message"),
  ];
  expect(of({ tls: undefined })).toEqual(both);
  expect(of({ tls: undefined, size: 5 })).toEqual(both);
  expect(of({ tls: { client: side } })).toEqual(both.slice(1));
  expect(of({ tls: { cluster: side } })).toEqual(both.slice(0, 1));
});

it("asks for no TLS between servers where there is one", () => {
  expect(of({ size: 1, tls: { client: side } })).toEqual([]);
  expect(of({ size: 1, standalone: false, tls: { client: side } })).toEqual([
    unset("cluster", "every replicated message"),
  ]);
});

it.each([
  ["gateway", { gateway: {} }, "what clusters send each other"],
  ["leafNodes", { leafNodes: { listen: true } }, "what leaf nodes send and receive"],
  ["websocket", { websocket: {} }, "what websocket clients send and receive, logins included,"],
])("reports a %s in the clear", (name, fields, crosses) => {
  const tls = { client: side, cluster: side };
  expect(of({ ...fields, tls })).toEqual([unset(name, crosses)]);
  expect(of({ ...fields, tls: { ...tls, [name]: side } })).toEqual([]);
});

it("knows listeners and TLS that are added in the servers' own words", () => {
  const mqtt = `jetstream-cluster-tls cluster "nats": tls.mqtt is not set: what MQTT clients send and receive, logins included, can be read on the network. Set tls of the block that turns MQTT on.`;
  expect(of({ extraConfig: { mqtt: { port: 1883 } } })).toEqual([mqtt]);
  expect(of({ kubernetes: { extraValues: { config: { mqtt: { enabled: true } } } } })).toEqual([mqtt]);
  expect(of({ extraConfig: { mqtt: { port: 1883, tls: { cert_file: "/c", key_file: "/k" } } } })).toEqual([]);
  expect(of({ extraConfig: { ws: { listen: 8080, no_tls: true } } })).toEqual([
    unset("websocket", "what websocket clients send and receive, logins included,"),
  ]);
  const client = { cert_file: "/c", key_file: "/k" };
  expect(of({ tls: { cluster: side }, extraConfig: { tls: client } })).toEqual([]);
  expect(
    of({ tls: { cluster: side }, kubernetes: { extraValues: { config: { nats: { tls: { enabled: true } } } } } }),
  ).toEqual([]);
});

it("reports what takes TLS back", () => {
  expect(of({ extraConfig: { allow_non_tls: true } })).toEqual([
    'jetstream-cluster-tls cluster "nats": extraConfig.allow_non_tls lets clients in without TLS. Remove it.',
  ]);
  expect(of({ kubernetes: { extraValues: { config: { cluster: { tls: { merge: { insecure: true } } } } } } })).toEqual([
    'jetstream-cluster-tls cluster "nats": kubernetes.extraValues.config.cluster.tls.merge.insecure accepts any certificate: whoever answers is believed to be a server. Remove it.',
  ]);
  expect(of({ extraConfig: { allow_non_tls: false } })).toEqual([]);
});

it("reports hubs that are not asked for TLS", () => {
  const remote = (fields: object) => of({ leafNodes: { remotes: [fields] } });
  expect(remote({ urls: ["nats-leaf://hub:7422"] })).toEqual([
    'jetstream-cluster-tls cluster "nats": leafNodes.remotes[0] does not ask for TLS: unless the hub does, everything is sent in the clear. Set its tls, or begin its urls with tls:// or wss://.',
  ]);
  expect(remote({ urls: ["tls://hub:7422", "wss://hub:443"] })).toEqual([]);
  expect(remote({ urls: ["nats-leaf://hub:7422"], tls: {} })).toEqual([]);
});

it("can leave sides out", () => {
  expect(of({ tls: undefined }, { sides: ["client"] })).toHaveLength(1);
  expect(of({ tls: undefined, leafNodes: { remotes: [{ urls: ["nats-leaf://h:1"] }] } }, { sides: [] })).toEqual([]);
});

it("judges what is known beside what is not known yet", () => {
  expect(of({ tls: UNKNOWN })).toEqual([]);
  expect(of({ tls: { client: { secretName: UNKNOWN } } })).toEqual([unset("cluster", "every replicated message")]);
  expect(of({ tls: { client: side, cluster: UNKNOWN } })).toEqual([]);
  expect(of({ tls: { cluster: side }, size: UNKNOWN })).toEqual([
    unset("client", "what clients send and receive, logins included,"),
  ]);
  expect(of({ tls: { cluster: side }, kubernetes: { namespace: UNKNOWN } })).toHaveLength(1);
  expect(of({ tls: { cluster: side }, extraConfig: UNKNOWN })).toEqual([]);
});

it.each<[string, object, string]>([
  [
    "config.cluster.patch[0]",
    { config: { cluster: { patch: [{ op: "remove", path: "/tls" }] } } },
    "TLS of side cluster",
  ],
  ["config.patch[0]", { config: { patch: [{ op: "remove", path: "/cluster/tls" }] } }, "TLS of side cluster"],
  [
    "config.nats.tls.patch[0]",
    { config: { nats: { tls: { patch: [{ op: "add", path: "/insecure", value: true }] } } } },
    "TLS of side client",
  ],
])("reports %s, which nobody judges", (field, extraValues, what) => {
  expect(of({ kubernetes: { extraValues } })).toEqual([
    `jetstream-cluster-tls cluster "nats": kubernetes.extraValues.${field} changes ${what} in a way that is not judged. Say it in fields of the cluster, or in extraConfig.`,
  ]);
});
