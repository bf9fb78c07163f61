import type { ClusterSpec } from "../../model/cluster/cluster-spec";

/** A field of a cluster, a spec that sets it, and where it must be found: path and value. */
export type RenderedField = readonly [field: string, spec: Omit<ClusterSpec, "name">, path: string, value: unknown];

const KEY = "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4";
const TOKEN = "eyJ0.e30.c2ln";
const ACCOUNT = "ADZXS6HFNGJMMGBVSRHSW2VOTE6N2LMSZUBMM7AUZ3ZPRNPHKZZIHNEC";
const secret = { env: "SECRET" };
const hub = { urls: ["nats-leaf://hub:7422"] };
const files = { certFile: "/c.pem", keyFile: "/k.pem" };
const account = (fields: object) => ({ accounts: { A: fields } });
const user = (fields: object) => account({ users: [{ user: "u", ...fields }] });

const jetstream: RenderedField[] = [
  ["jetstream.volume.size", { jetstream: { volume: { size: "10GiB" } } }, "jetstream.max_file_store", 8 * 2 ** 30],
  ["jetstream.maxFileStore", { jetstream: { maxFileStore: "5GiB" } }, "jetstream.max_file_store", 5 * 2 ** 30],
  ["jetstream.maxMemoryStore", { jetstream: { maxMemoryStore: 1000 } }, "jetstream.max_memory_store", 1000],
  ["jetstream.syncInterval", { jetstream: { syncInterval: "2d" } }, "jetstream.sync_interval", "48h"],
  ["jetstream.syncInterval", { jetstream: { syncInterval: "always" } }, "jetstream.sync_interval", "always"],
  ["jetstream.domain", { jetstream: { domain: "hub" } }, "jetstream.domain", "hub"],
  ["jetstream.uniqueTag", { jetstream: { uniqueTag: "az:" } }, "jetstream.unique_tag", "az:"],
  ["jetstream.strict", { jetstream: { strict: false } }, "jetstream.strict", false],
  ["jetstream.strict", { version: "2.10.29", jetstream: { strict: true } }, "jetstream.strict", undefined],
  ["version", { version: "2.11.0", jetstream: { strict: true } }, "jetstream.strict", true],
  [
    "jetstream.limits.maxAckPending",
    { jetstream: { limits: { maxAckPending: 7 } } },
    "jetstream.limits.max_ack_pending",
    7,
  ],
  ["jetstream.limits.maxHaAssets", { jetstream: { limits: { maxHaAssets: 7 } } }, "jetstream.limits.max_ha_assets", 7],
  [
    "jetstream.limits.maxRequestBatch",
    { jetstream: { limits: { maxRequestBatch: 7 } } },
    "jetstream.limits.max_request_batch",
    7,
  ],
  [
    "jetstream.limits.duplicateWindow",
    { jetstream: { limits: { duplicateWindow: "1d" } } },
    "jetstream.limits.duplicate_window",
    "24h",
  ],
  [
    "jetstream.encryption.cipher",
    { jetstream: { encryption: { cipher: "aes", key: secret } } },
    "jetstream.cipher",
    "aes",
  ],
  [
    "jetstream.encryption.key",
    { jetstream: { encryption: { key: secret } } },
    "jetstream.key",
    "jetstream.encryption.key",
  ],
  [
    "jetstream.encryption.previousKey",
    { jetstream: { encryption: { key: secret, previousKey: secret } } },
    "jetstream.prev_encryption_key",
    "jetstream.encryption.previousKey",
  ],
];

const accounts: RenderedField[] = [
  ["accounts.*.jetstream", account({ jetstream: false }), "accounts.A.jetstream", false],
  ["accounts.*.jetstream", account({}), "accounts.A.jetstream", true],
  ["accounts.*.jetstream", { accounts: { SYS: {} } }, "accounts.SYS", {}],
  [
    "accounts.*.jetstream.maxMemory",
    account({ jetstream: { maxMemory: "1KiB" } }),
    "accounts.A.jetstream.max_memory",
    1024,
  ],
  ["accounts.*.jetstream.maxFile", account({ jetstream: { maxFile: -1 } }), "accounts.A.jetstream.max_file", -1],
  ["accounts.*.jetstream.maxStreams", account({ jetstream: { maxStreams: 3 } }), "accounts.A.jetstream.max_streams", 3],
  [
    "accounts.*.jetstream.maxConsumers",
    account({ jetstream: { maxConsumers: 3 } }),
    "accounts.A.jetstream.max_consumers",
    3,
  ],
  [
    "accounts.*.jetstream.maxAckPending",
    account({ jetstream: { maxAckPending: 3 } }),
    "accounts.A.jetstream.max_ack_pending",
    3,
  ],
  [
    "accounts.*.jetstream.maxBytesRequired",
    account({ jetstream: { maxBytesRequired: true } }),
    "accounts.A.jetstream.max_bytes_required",
    true,
  ],
  [
    "accounts.*.jetstream.memoryMaxStreamBytes",
    account({ jetstream: { memoryMaxStreamBytes: 5 } }),
    "accounts.A.jetstream.memory_max_stream_bytes",
    5,
  ],
  [
    "accounts.*.jetstream.storeMaxStreamBytes",
    account({ jetstream: { storeMaxStreamBytes: 5 } }),
    "accounts.A.jetstream.store_max_stream_bytes",
    5,
  ],
  [
    "accounts.*.jetstream.clusterTraffic",
    account({ jetstream: { clusterTraffic: "owner" } }),
    "accounts.A.jetstream.cluster_traffic",
    "owner",
  ],
  ["accounts.*.users.user", user({}), "accounts.A.users.0.user", "u"],
  [
    "accounts.*.users.password",
    user({ password: secret }),
    "accounts.A.users.0.password",
    "accounts.A.users[0].password",
  ],
  ["accounts.*.users.nkey", account({ users: [{ nkey: KEY }] }), "accounts.A.users.0.nkey", KEY],
  ["accounts.*.users.role", user({ role: "admin" }), "accounts.A.users.0.permissions.publish.allow", [">"]],
  [
    "accounts.*.users.subjects",
    user({ role: "publisher", subjects: ["a.>"] }),
    "accounts.A.users.0.permissions.publish.allow",
    ["a.>"],
  ],
  [
    "accounts.*.users.consumers",
    user({ role: "consumer", consumers: ["S/C"] }),
    "accounts.A.users.0.permissions.publish.allow.0",
    "$JS.API.CONSUMER.MSG.NEXT.S.C",
  ],
  [
    "accounts.*.users.inboxPrefix",
    user({ role: "publisher", inboxPrefix: "_I.u" }),
    "accounts.A.users.0.permissions.subscribe.allow",
    ["_I.u.>"],
  ],
  [
    "accounts.*.users.allowedConnectionTypes",
    user({ allowedConnectionTypes: ["STANDARD"] }),
    "accounts.A.users.0.allowed_connection_types",
    ["STANDARD"],
  ],
  ...permissions("accounts.*.users.permissions", (own) => user({ permissions: own }), "accounts.A.users.0.permissions"),
  ...permissions(
    "accounts.*.defaultPermissions",
    (own) => account({ defaultPermissions: own }),
    "accounts.A.default_permissions",
  ),
  ["accounts.*.exports.stream", account({ exports: [{ stream: "a" }] }), "accounts.A.exports.0.stream", "a"],
  ["accounts.*.exports.service", account({ exports: [{ service: "a" }] }), "accounts.A.exports.0.service", "a"],
  [
    "accounts.*.exports.accounts",
    account({ exports: [{ service: "a", accounts: ["B"] }] }),
    "accounts.A.exports.0.accounts",
    ["B"],
  ],
  [
    "accounts.*.exports.responseType",
    account({ exports: [{ service: "a", responseType: "chunked" }] }),
    "accounts.A.exports.0.response_type",
    "chunked",
  ],
  [
    "accounts.*.exports.responseThreshold",
    account({ exports: [{ service: "a", responseThreshold: "1d" }] }),
    "accounts.A.exports.0.threshold",
    "24h",
  ],
  [
    "accounts.*.imports.stream.account",
    account({ imports: [{ stream: { account: "B", subject: "b" } }] }),
    "accounts.A.imports.0.stream.account",
    "B",
  ],
  [
    "accounts.*.imports.stream.subject",
    account({ imports: [{ stream: { account: "B", subject: "b" } }] }),
    "accounts.A.imports.0.stream.subject",
    "b",
  ],
  [
    "accounts.*.imports.service.account",
    account({ imports: [{ service: { account: "B", subject: "b" } }] }),
    "accounts.A.imports.0.service.account",
    "B",
  ],
  [
    "accounts.*.imports.service.subject",
    account({ imports: [{ service: { account: "B", subject: "b" } }] }),
    "accounts.A.imports.0.service.subject",
    "b",
  ],
  [
    "accounts.*.imports.prefix",
    account({ imports: [{ stream: { account: "B", subject: "b" }, prefix: "p" }] }),
    "accounts.A.imports.0.prefix",
    "p",
  ],
  [
    "accounts.*.imports.to",
    account({ imports: [{ stream: { account: "B", subject: "b" }, to: "t" }] }),
    "accounts.A.imports.0.to",
    "t",
  ],
  [
    "accounts.*.limits.maxConnections",
    account({ limits: { maxConnections: 5 } }),
    "accounts.A.limits.max_connections",
    5,
  ],
  [
    "accounts.*.limits.maxSubscriptions",
    account({ limits: { maxSubscriptions: 5 } }),
    "accounts.A.limits.max_subscriptions",
    5,
  ],
  ["accounts.*.limits.maxPayload", account({ limits: { maxPayload: "2KiB" } }), "accounts.A.limits.max_payload", 2048],
  ["accounts.*.limits.maxLeafNodes", account({ limits: { maxLeafNodes: 5 } }), "accounts.A.limits.max_leafnodes", 5],
  ["systemAccount", { accounts: { S: {} }, systemAccount: "S" }, "system_account", "S"],
  ["noAuthUser", { ...user({}), noAuthUser: "u" }, "no_auth_user", "u"],
  ["authorization.user", { authorization: { user: "u" } }, "authorization.user", "u"],
  [
    "authorization.password",
    { authorization: { user: "u", password: secret } },
    "authorization.password",
    "authorization.password",
  ],
  ["authorization.token", { authorization: { token: secret } }, "authorization.token", "authorization.token"],
  ["authorization.timeout", { authorization: { token: secret, timeout: "1500ms" } }, "authorization.timeout", 1.5],
];

function permissions(field: string, spec: (own: object) => Omit<ClusterSpec, "name">, path: string): RenderedField[] {
  return [
    [`${field}.publish.allow`, spec({ publish: { allow: ["a"] } }), `${path}.publish.allow`, ["a"]],
    [`${field}.publish.deny`, spec({ publish: { deny: ["a"] } }), `${path}.publish.deny`, ["a"]],
    [`${field}.subscribe.allow`, spec({ subscribe: { allow: ["a q"] } }), `${path}.subscribe.allow`, ["a q"]],
    [`${field}.subscribe.deny`, spec({ subscribe: { deny: ["a"] } }), `${path}.subscribe.deny`, ["a"]],
    [`${field}.allowResponses.max`, spec({ allowResponses: { max: 3 } }), `${path}.allow_responses.max`, 3],
    [
      `${field}.allowResponses.expires`,
      spec({ allowResponses: { expires: "1m" } }),
      `${path}.allow_responses.expires`,
      "1m",
    ],
  ];
}

const operator: RenderedField[] = [
  ["operator.jwt", { operator: { jwt: TOKEN } }, "operator", TOKEN],
  ["operator.systemAccount", { operator: { jwt: TOKEN, systemAccount: ACCOUNT } }, "system_account", ACCOUNT],
  ["operator.resolver.type", { operator: { jwt: TOKEN } }, "resolver", "MEMORY"],
  ["operator.resolver.type", { operator: { jwt: TOKEN, resolver: { type: "full" } } }, "resolver.type", "full"],
  [
    "operator.resolver.url",
    { operator: { jwt: TOKEN, resolver: { type: "url", url: "http://a/v1/" } } },
    "resolver",
    "URL(http://a/v1/)",
  ],
  [
    "operator.resolver.allowDelete",
    { operator: { jwt: TOKEN, resolver: { type: "full", allowDelete: true } } },
    "resolver.allow_delete",
    true,
  ],
  [
    "operator.resolver.hardDelete",
    { operator: { jwt: TOKEN, resolver: { type: "full", hardDelete: true } } },
    "resolver.hard_delete",
    true,
  ],
  [
    "operator.resolver.interval",
    { operator: { jwt: TOKEN, resolver: { type: "full", interval: "1d" } } },
    "resolver.interval",
    "24h",
  ],
  ["operator.resolver.limit", { operator: { jwt: TOKEN, resolver: { type: "cache", limit: 5 } } }, "resolver.limit", 5],
  [
    "operator.resolver.ttl",
    { operator: { jwt: TOKEN, resolver: { type: "cache", ttl: "1d" } } },
    "resolver.ttl",
    "24h",
  ],
  [
    "operator.resolver.timeout",
    { operator: { jwt: TOKEN, resolver: { type: "cache", timeout: "3s" } } },
    "resolver.timeout",
    "3s",
  ],
  [
    "operator.preload.*",
    { operator: { jwt: TOKEN, preload: { [ACCOUNT]: TOKEN } } },
    `resolver_preload.${ACCOUNT}`,
    TOKEN,
  ],
];

const SIDES = [
  ["client", "tls", {}],
  ["cluster", "cluster.tls", { size: 3 }],
  ["gateway", "gateway.tls", { gateway: {} }],
  ["leafNodes", "leafnodes.tls", { leafNodes: { listen: true } }],
  ["websocket", "websocket.tls", { websocket: {} }],
] as const;

function tlsFields(field: string, block: string, spec: (own: object) => Omit<ClusterSpec, "name">): RenderedField[] {
  const side = (own: object) => spec({ ...files, ...own });
  const first = block === "tls" || block.startsWith("leafnodes");
  return [
    [`${field}.certFile`, side({}), `${block}.cert_file`, "/c.pem"],
    [`${field}.keyFile`, side({}), `${block}.key_file`, "/k.pem"],
    [`${field}.caFile`, side({ caFile: "/a.pem" }), `${block}.ca_file`, "/a.pem"],
    [`${field}.verify`, side({ verify: true }), `${block}.verify`, true],
    [`${field}.verifyAndMap`, side({ verifyAndMap: true }), `${block}.verify_and_map`, true],
    [`${field}.timeout`, side({ timeout: "250ms" }), `${block}.timeout`, 0.25],
    [`${field}.minVersion`, side({ minVersion: "1.3" }), `${block}.min_version`, "1.3"],
    [`${field}.cipherSuites`, side({ cipherSuites: ["X"] }), `${block}.cipher_suites`, ["X"]],
    [`${field}.curvePreferences`, side({ curvePreferences: ["X25519"] }), `${block}.curve_preferences`, ["X25519"]],
    [
      `${field}.handshakeFirst`,
      side({ handshakeFirst: "auto" }),
      `${block}.handshake_first`,
      first ? "auto" : undefined,
    ],
  ];
}

const tls = [
  ...SIDES.flatMap(([side, block, beside]) =>
    tlsFields(`tls.${side}`, block, (own) => ({ ...beside, tls: { [side]: own } })),
  ),
  ...tlsFields("leafNodes.remotes.tls", "leafnodes.remotes.0.tls", (own) => ({
    leafNodes: { remotes: [{ ...hub, tls: own }] },
  })),
];

const remote = (own: object) => ({ leafNodes: { remotes: [{ ...hub, ...own }] } });

const links: RenderedField[] = [
  ["name", { size: 3 }, "cluster.name", "eu"],
  ["size", { size: 3 }, "cluster.routes", ["nats://eu-0:6222", "nats://eu-1:6222", "nats://eu-2:6222"]],
  ["standalone", { size: 1 }, "cluster", undefined],
  ["standalone", { standalone: false }, "cluster.routes", ["nats://eu-0:6222", "nats://eu-witness:6222"]],
  ["gateway.advertise", { gateway: { advertise: "a:1" } }, "gateway.advertise", "a:1"],
  [
    "gateway.remotes.name",
    { gateway: { remotes: [{ name: "us", urls: ["nats://us:1"] }] } },
    "gateway.gateways.0.name",
    "us",
  ],
  [
    "gateway.remotes.urls",
    { gateway: { remotes: [{ name: "us", urls: ["nats://us:1"] }] } },
    "gateway.gateways.0.urls",
    ["nats://us:1"],
  ],
  ["leafNodes.listen", { leafNodes: { listen: true } }, "leafnodes.port", 7422],
  ["leafNodes.listen", remote({}), "leafnodes.port", undefined],
  ["leafNodes.advertise", { leafNodes: { listen: true, advertise: "a:1" } }, "leafnodes.advertise", "a:1"],
  ["leafNodes.remotes.urls", remote({}), "leafnodes.remotes.0.urls", hub.urls],
  ["leafNodes.remotes.account", remote({ account: "A" }), "leafnodes.remotes.0.account", "A"],
  ["leafNodes.remotes.user", remote({ user: "a b" }), "leafnodes.remotes.0.urls", ["nats-leaf://a%20b@hub:7422"]],
  [
    "leafNodes.remotes.password",
    remote({ user: "u", password: secret }),
    "leafnodes.remotes.0.urls",
    ["nats-leaf://u:SECRET@hub:7422"],
  ],
  [
    "leafNodes.remotes.credentials",
    remote({ credentials: { file: "/a.creds" } }),
    "leafnodes.remotes.0.credentials",
    "/a.creds",
  ],
  ["leafNodes.remotes.denyImports", remote({ denyImports: ["a.>"] }), "leafnodes.remotes.0.deny_imports", ["a.>"]],
  ["leafNodes.remotes.denyExports", remote({ denyExports: ["a.>"] }), "leafnodes.remotes.0.deny_exports", ["a.>"]],
  [
    "websocket.allowedOrigins",
    { websocket: { allowedOrigins: ["http://a"] } },
    "websocket.allowed_origins",
    ["http://a"],
  ],
  ["websocket.sameOrigin", { websocket: { sameOrigin: true } }, "websocket.same_origin", true],
  ["websocket.compression", { websocket: { compression: true } }, "websocket.compression", true],
  ["websocket.handshakeTimeout", { websocket: { handshakeTimeout: "3s" } }, "websocket.handshake_timeout", "3s"],
  ["tls.websocket.certFile", { websocket: {} }, "websocket.no_tls", true],
];

const server: RenderedField[] = [
  ["ports.client", { ports: { client: 1 } }, "port", 1],
  ["ports.cluster", { size: 3, ports: { cluster: 1 } }, "cluster.port", 1],
  ["ports.monitor", { ports: { monitor: 1 } }, "http_port", 1],
  ["ports.leafNodes", { leafNodes: { listen: true }, ports: { leafNodes: 1 } }, "leafnodes.port", 1],
  ["ports.gateway", { gateway: {}, ports: { gateway: 1 } }, "gateway.port", 1],
  ["ports.websocket", { websocket: {}, ports: { websocket: 1 } }, "websocket.port", 1],
  ["serverTags", { serverTags: ["az:a"] }, "server_tags", ["az:a"]],
  ["maxPayload", { maxPayload: "2MiB" }, "max_payload", 2 ** 21],
  ["maxConnections", { maxConnections: 2_147_483_647 }, "max_connections", 2_147_483_647],
  ["maxPending", { maxPending: "1MiB" }, "max_pending", 2 ** 20],
  ["writeDeadline", { writeDeadline: "1.5s" }, "write_deadline", "1500ms"],
  ["lameDuck.duration", { lameDuck: { duration: "1m" } }, "lame_duck_duration", "1m"],
  ["lameDuck.gracePeriod", { lameDuck: { gracePeriod: "5s" } }, "lame_duck_grace_period", "5s"],
  ["monitoring.https", { monitoring: { https: true }, tls: { client: files } }, "https_port", 8222],
  ["extraConfig.*", { extraConfig: { prof_port: 6060, jetstream: { max_buffered_msgs: 5 } } }, "prof_port", 6060],
  [
    "extraConfig.*",
    { extraConfig: { jetstream: { max_buffered_size: "<< 8MB >>" } } },
    "jetstream.max_buffered_size",
    2 ** 23,
  ],
];

/** What a server reads: the parsed configuration has the value at the path. */
export const configFields: readonly RenderedField[] = [
  ...jetstream,
  ...accounts,
  ...operator,
  ...tls,
  ...links,
  ...server,
];

const kube = (kubernetes: object) => ({ kubernetes });
const pod = "podTemplate.merge";
const volume = { volume: { size: "10GiB" } } as const;

/** What Kubernetes is told: the chart's values have the value at the path. */
export const valueFields: readonly RenderedField[] = [
  ["name", {}, "fullnameOverride", "eu"],
  ["version", { version: "2.12.15" }, "container.image.tag", "2.12.15-alpine"],
  ["image.registry", { image: { registry: "r" } }, "container.image.registry", "r"],
  ["image.repository", { image: { repository: "r" } }, "container.image.repository", "r"],
  ["image.tag", { image: { tag: "t" } }, "container.image.tag", "t"],
  ["image.digest", { image: { digest: "sha256:a" } }, "container.image.digest", "sha256:a"],
  ["image.pullPolicy", { image: { pullPolicy: "Never" } }, "container.image.pullPolicy", "Never"],
  ["image.pullSecretNames", { image: { pullSecretNames: ["s"] } }, "global.image.pullSecretNames", ["s"]],
  ["size", { size: 5 }, "config.cluster.replicas", 5],
  ["standalone", {}, "config.cluster.enabled", false],
  ["jetstream.volume.size", { jetstream: volume }, "config.jetstream.fileStore.pvc.size", "10Gi"],
  ["jetstream.volume.size", { jetstream: volume }, "config.jetstream.fileStore.maxSize", "8GiB"],
  ...(
    [
      ["pvc.size", "10Gi"],
      ["maxSize", "16GiB"],
    ] as const
  ).map(
    ([path, value]): RenderedField => [
      "jetstream.volume.initialSize",
      { jetstream: { volume: { size: "20GiB", initialSize: "10GiB" } } },
      `config.jetstream.fileStore.${path}`,
      value,
    ],
  ),
  ["jetstream.volume.size", {}, "config.jetstream.fileStore.pvc.enabled", false],
  [
    "jetstream.volume.storageClass",
    { jetstream: { volume: { ...volume.volume, storageClass: "s" } } },
    "config.jetstream.fileStore.pvc.storageClassName",
    "s",
  ],
  [
    "jetstream.volume.accessMode",
    { jetstream: { volume: { ...volume.volume, accessMode: "ReadWriteMany" } } },
    "config.jetstream.fileStore.pvc.merge.spec.accessModes",
    ["ReadWriteMany"],
  ],
  [
    "operator.resolver.volumeSize",
    { operator: { jwt: TOKEN, resolver: { type: "full", volumeSize: "2GiB" } } },
    "config.resolver.pvc.size",
    "2Gi",
  ],
  ...SIDES.map(
    ([side, , beside]): RenderedField => [
      `tls.${side}.secretName`,
      { ...beside, tls: { [side]: { secretName: "s" } } },
      `config.${side === "client" ? "nats" : side.toLowerCase()}.tls.secretName`,
      "s",
    ],
  ),
  ...SIDES.map(
    ([side, , beside]): RenderedField => [
      `tls.${side}.ownAuthority`,
      { ...beside, tls: { [side]: { ownAuthority: true } } },
      `config.${side === "client" ? "nats" : side.toLowerCase()}.tls.secretName`,
      `eu-${side.toLowerCase()}-tls`,
    ],
  ),
  [
    "leafNodes.remotes.tls.secretName",
    remote({ tls: { secretName: "s" } }),
    "podTemplate.patch.0.value.secret.secretName",
    "s",
  ],
  [
    "leafNodes.remotes.tls.ownAuthority",
    remote({ tls: { ownAuthority: true } }),
    "podTemplate.patch.0.value.secret.secretName",
    "eu-leaf-remote-0-tls",
  ],
  ["monitoring.exporter", { monitoring: { exporter: true } }, "promExporter.enabled", true],
  ["monitoring.podMonitor", { monitoring: { podMonitor: true } }, "promExporter.podMonitor.enabled", true],
  [
    "monitoring.podMonitorLabels.*",
    { monitoring: { podMonitorLabels: { a: "b" } } },
    "promExporter.podMonitor.merge.metadata.labels.a",
    "b",
  ],
  ["kubernetes.namespace", kube({ namespace: "n" }), "namespaceOverride", "n"],
  [
    "kubernetes.resources.requests.cpu",
    kube({ resources: { requests: { cpu: "1" } } }),
    "container.resources.requests.cpu",
    "1",
  ],
  [
    "kubernetes.resources.requests.memory",
    kube({ resources: { requests: { memory: "1Gi" } } }),
    "container.resources.requests.memory",
    "1Gi",
  ],
  ["kubernetes.resources.limits.cpu", kube({ resources: { limits: { cpu: 2 } } }), "container.resources.limits.cpu", 2],
  [
    "kubernetes.resources.limits.memory",
    kube({ resources: { limits: { memory: "2Gi" } } }),
    "container.resources.limits.memory",
    "2Gi",
  ],
  [
    "kubernetes.resources.limits.memory",
    kube({ resources: { limits: { memory: "2Gi" } } }),
    "container.env.GOMEMLIMIT",
    "1843MiB",
  ],
  [
    "kubernetes.resources.limits.memory",
    kube({ resources: { limits: { memory: "4G" } } }),
    "container.env.GOMEMLIMIT",
    "3433MiB",
  ],
  ["kubernetes.goMemLimit", kube({ goMemLimit: "3GiB" }), "container.env.GOMEMLIMIT", "3GiB"],
  ["kubernetes.maxUnavailable", kube({ maxUnavailable: 0 }), "podDisruptionBudget.merge.spec.maxUnavailable", 0],
  [
    "kubernetes.spread",
    kube({ spread: "hard" }),
    "podTemplate.topologySpreadConstraints.kubernetes.io/hostname.whenUnsatisfiable",
    "DoNotSchedule",
  ],
  [
    "kubernetes.spread",
    { size: 3 },
    "podTemplate.topologySpreadConstraints.topology.kubernetes.io/zone.whenUnsatisfiable",
    "DoNotSchedule",
  ],
  [
    "kubernetes.spread",
    { size: 1 },
    "podTemplate.topologySpreadConstraints.topology.kubernetes.io/zone.whenUnsatisfiable",
    "ScheduleAnyway",
  ],
  ["kubernetes.spread", kube({ spread: "none" }), "podTemplate.topologySpreadConstraints", {}],
  ["kubernetes.priorityClassName", kube({ priorityClassName: "p" }), `${pod}.spec.priorityClassName`, "p"],
  ["kubernetes.nodeSelector.*", kube({ nodeSelector: { disk: "ssd" } }), `${pod}.spec.nodeSelector.disk`, "ssd"],
  ...(["key", "operator", "value", "effect", "tolerationSeconds"] as const).map(
    (key): RenderedField => [
      `kubernetes.tolerations.${key}`,
      kube({ tolerations: [{ [key]: "x" }] }),
      `${pod}.spec.tolerations.0.${key}`,
      "x",
    ],
  ),
  ["kubernetes.startupProbe", {}, "container.merge.startupProbe.httpGet.path", "/healthz?js-server-only=true"],
  [
    "kubernetes.startupProbe",
    kube({ startupProbe: "assets" }),
    "container.merge.startupProbe.httpGet.path",
    "/healthz",
  ],
  ["kubernetes.minReady", kube({ minReady: "1m" }), "statefulSet.merge.spec.minReadySeconds", 60],
  [
    "kubernetes.terminationGracePeriod",
    kube({ terminationGracePeriod: "2m" }),
    `${pod}.spec.terminationGracePeriodSeconds`,
    120,
  ],
  ["lameDuck.duration", { lameDuck: { duration: "2m" } }, `${pod}.spec.terminationGracePeriodSeconds`, 150],
  ["kubernetes.labels.*", kube({ labels: { a: "b" } }), "global.labels.a", "b"],
  ["kubernetes.podAnnotations.*", kube({ podAnnotations: { a: "b" } }), `${pod}.metadata.annotations.a`, "b"],
  ["kubernetes.natsBox", kube({ natsBox: true }), "natsBox.enabled", true],
  [
    "kubernetes.clusterDomain",
    { size: 3, ...kube({ clusterDomain: "d" }) },
    "config.cluster.routeURLs.k8sClusterDomain",
    "d",
  ],
  ["kubernetes.extraValues.*", kube({ extraValues: { service: { enabled: false } } }), "service.enabled", false],
];

const certificate = (own: object) => ({
  tls: { client: { issuer: { name: "i" }, ...own } },
});
const remoteCertificate = (own: object) => remote({ tls: { issuer: { name: "i" }, ...own } });

function issued(field: string, spec: (own: object) => Omit<ClusterSpec, "name">): RenderedField[] {
  return [
    [`${field}.issuer.name`, spec({}), "spec.issuerRef.name", "i"],
    [
      `${field}.issuer.kind`,
      spec({ issuer: { name: "i", kind: "ClusterIssuer" } }),
      "spec.issuerRef.kind",
      "ClusterIssuer",
    ],
    [`${field}.issuer.group`, spec({ issuer: { name: "i", group: "g" } }), "spec.issuerRef.group", "g"],
    [`${field}.duration`, spec({ duration: "1d" }), "spec.duration", "86400s"],
    [`${field}.renewBefore`, spec({ renewBefore: "1h" }), "spec.renewBefore", "3600s"],
    [`${field}.extraNames`, spec({ extraNames: ["10.0.0.1"] }), "spec.ipAddresses", ["10.0.0.1"]],
  ];
}

/** What cert-manager is told: the first Certificate has the value at the path. */
export const certificateFields: readonly RenderedField[] = [
  ...issued("tls.client", certificate),
  ...SIDES.slice(1).flatMap(([side, , beside]) =>
    issued(`tls.${side}`, (own) => ({ ...beside, tls: { [side]: { issuer: { name: "i" }, ...own } } })),
  ),
  ...issued("leafNodes.remotes.tls", remoteCertificate),
];

/** Which chart is used is said where it is installed, and waivers are read by policies: neither is a value of the chart. */
export const unrendered = [
  ...["version", "repository", "oci", "path"].map((key) => `kubernetes.chart.${key}`),
  ...["rule", "reason", "expires", "ticket"].map((key) => `waive.${key}`),
];

/** The value at a path of plain data; keys may have dots. */
export function valueAt(data: unknown, path: string): unknown {
  if (path === "") return data;
  if (typeof data !== "object" || data === null) return undefined;
  const key = Object.keys(data).find((head) => path === head || path.startsWith(`${head}.`));
  return key === undefined ? undefined : valueAt((data as Record<string, unknown>)[key], path.slice(key.length + 1));
}
