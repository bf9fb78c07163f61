import { planClusterChange } from "../../changes/cluster/plan-cluster-change";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { type CertificateFiles, certificateFiles } from "../oracle/clusters/certificate-files";
import { reloadVerdict } from "../oracle/clusters/reload-verdict";
import { type Stored, storedSteps } from "../oracle/clusters/stored-steps";
import { NEWEST, OLDEST, testVersions } from "../support/versions";

const { natsServer } = require("../../tools/lib/nats-server") as { natsServer(version?: string): Promise<string> };

const key = (letter: string) => ({ value: letter.repeat(32) });
const [K1, K2] = [key("A"), key("B")];
const user = { user: "u", password: K1 };
const accounts = (more: object = {}) => ({ accounts: { A: { users: [user], ...more } } });
const side = { certFile: "cert.pem", keyFile: "key.pem", caFile: "ca.pem" };
const jetstream = (fields: object) => ({ jetstream: { maxFileStore: "1GiB", ...fields } });
const several = { size: 3 };

/** Edits, and whether the plan says that servers take them over while they run. */
const edits: readonly (readonly [what: string, from: object, to: object])[] = [
  ["a store that grows", jetstream({}), jetstream({ maxFileStore: "2GiB" })],
  ["a store that shrinks", jetstream({ maxFileStore: "2GiB" }), jetstream({})],
  ["memory that grows", jetstream({ maxMemoryStore: "1MiB" }), jetstream({ maxMemoryStore: "2MiB" })],
  ["syncInterval", jetstream({}), jetstream({ syncInterval: "1m" })],
  ["uniqueTag", jetstream({}), jetstream({ uniqueTag: "az:" })],
  ["encryption", jetstream({}), jetstream({ encryption: { key: K1 } })],
  ["another cipher", jetstream({ encryption: { key: K1 } }), jetstream({ encryption: { key: K1, cipher: "aes" } })],
  ["another user", accounts(), { accounts: { A: { users: [user, { ...user, user: "v" }] } } }],
  ["limits of an account", accounts(), accounts({ jetstream: { maxStreams: 5 } })],
  ["accounts where there were none", {}, accounts()],
  ["noAuthUser", accounts(), { ...accounts(), noAuthUser: "u" }],
  ["a login", { authorization: user }, { authorization: { token: K1 } }],
  ["TLS for clients", {}, { tls: { client: side } }],
  ["certificates of clients", { tls: { client: side } }, { tls: { client: { ...side, verify: true } } }],
  ["TLS of the cluster", several, { ...several, tls: { cluster: side } }],
  ["TLS of gateways", { ...several, gateway: {} }, { ...several, gateway: {}, tls: { gateway: side } }],
  ["TLS of leaf nodes", { leafNodes: { listen: true } }, { leafNodes: { listen: true }, tls: { leafNodes: side } }],
  ["TLS of websocket", { websocket: {} }, { websocket: {}, tls: { websocket: side } }],
  ["a gateway", several, { ...several, gateway: {} }],
  ["leaf nodes", {}, { leafNodes: { listen: true } }],
  ["websocket", {}, { websocket: {} }],
  ["origins", { websocket: {} }, { websocket: { allowedOrigins: ["https://a.example.com"] } }],
  ["serverTags", {}, { serverTags: ["az:1"] }],
  ["maxPayload", {}, { maxPayload: "2MiB" }],
  ["maxConnections", {}, { maxConnections: 5 }],
  ["maxPending", {}, { maxPending: "2MiB" }],
  ["writeDeadline", {}, { writeDeadline: "5s" }],
  ["lameDuck", {}, { lameDuck: { duration: "40s" } }],
  ["HTTPS", { tls: { client: side } }, { tls: { client: side }, monitoring: { https: true } }],
];

describe.each(testVersions(NEWEST, OLDEST))("nats-server %s", (version) => {
  const named = (more: object) => ({ name: "one", version, ...more }) as ClusterSpec;
  let files: CertificateFiles;
  let binary: string;
  beforeAll(async () => {
    files = await certificateFiles();
    binary = await natsServer(version);
  });
  afterAll(() => files.remove());

  it.each(edits)("reloads %s where the plan says so, and else refuses to", async (_, from, to) => {
    const planned = planClusterChange(named(from), named(to));
    const reloads = planned.every(({ edit }) => edit === "reload");
    expect(planned.length).toBeGreaterThan(0);
    const verdict = await reloadVerdict(binary, named(from), named(to), files);
    if (reloads) expect(verdict).toBe("reloaded");
    else expect(verdict).toMatch(/^config reload not supported for /);
  });

  const [on, off] = [(fields: object) => named({ jetstream: { encryption: fields } }), named({})];
  const [plain, secret, unread, gone] = [
    { readable: 10, hasConsumer: true, isPlain: true },
    { readable: 10, hasConsumer: true, isPlain: false },
    { readable: 10, hasConsumer: false, isPlain: false },
    { readable: undefined, hasConsumer: false, isPlain: false },
  ];

  it.each<readonly [string, readonly ClusterSpec[], readonly Stored[]]>([
    ["encrypts what was plain", [off, on({ key: K1 })], [plain, secret]],
    ["shows nothing without the key, and all with it", [on({ key: K1 }), off, on({ key: K1 })], [secret, gone, secret]],
    ["shows nothing with another key", [on({ key: K1 }), on({ key: K2 }), on({ key: K1 })], [secret, gone, secret]],
    [
      "changes the cipher, and back",
      [on({ key: K1 }), on({ key: K1, cipher: "aes" }), on({ key: K1 })],
      [secret, secret, secret],
    ],
    [
      "keeps messages but no consumers with key and cipher changed at once, and needs the old key no more",
      [on({ key: K1 }), on({ key: K2, previousKey: K1, cipher: "aes" }), on({ key: K2, cipher: "aes" })],
      [secret, unread, unread],
    ],
  ])("%s", async (_, steps, found) => {
    expect(await storedSteps(binary, steps)).toEqual(found);
    const refused = steps.slice(1).map((to, i) => planClusterChange(steps[i] as ClusterSpec, to));
    const losing = found.slice(1).map(({ hasConsumer }) => !hasConsumer);
    expect(refused.map((changes) => changes.some(({ edit }) => edit === "refused")).slice(0, 1)).toEqual(
      losing.slice(0, 1),
    );
  });
});
