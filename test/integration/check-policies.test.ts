import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { keyValueToStream, objectStoreToStream } from "../../model/bucket-stream";
import { consumerConfig, streamConfig } from "../../model/config";
import type { ConsumerSpec } from "../../model/consumer-spec";
import { normalizeSpec } from "../../model/normalize";
import type { StreamSpec } from "../../model/stream-spec";
import type { TopologySpec } from "../../model/topology-spec";
import { readTopologyText } from "../../model/topology-text";
import { decodeJson, encodeJson } from "../../model/wire";
import { declaredIn } from "../../preflight/preflight";
import { topology as baseline } from "../policies/support/baseline";
import { folderWith, headwater } from "../support/cli";
import { documentedGate, withoutCount } from "../support/documented-gate";
import { startCluster, startServer, type TestServer, urlsOf, withConnection } from "../support/nats";
import { reportedPolicyFindings } from "../support/policy-findings";
import { OLDEST, testVersions } from "../support/versions";

const FIXTURE = readFileSync(join(__dirname, "../fixtures/persistence-provisioning/topology.yaml"), "utf8");

let servers: TestServer[] = [];
const start = async (starting: Promise<TestServer | TestServer[]>) => {
  servers = [await starting].flat();
};
afterEach(() => Promise.all(servers.map((server) => server.stop())));

/** Makes every asset of a topology on the servers that run, as the API takes it. */
async function provision(topology: TopologySpec): Promise<void> {
  await withConnection(urlsOf(servers), async (nc) => {
    const request = async (subject: string, config: object) => {
      const reply = await nc.request(`$JS.API.${subject}`, encodeJson(config), { timeout: 30_000 });
      expect(decodeJson(reply.string())).not.toHaveProperty("error");
    };
    for (const { kind, spec } of declaredIn(topology)) {
      if (kind === "consumer") {
        const config = consumerConfig(normalizeSpec("consumer", spec));
        await request(`CONSUMER.CREATE.${spec.stream}.${spec.name}`, { stream_name: spec.stream, config });
      } else {
        const stream = toStream[kind](spec);
        await request(`STREAM.CREATE.${stream.name}`, streamConfig(normalizeSpec("stream", stream)));
      }
    }
  });
}

const toStream = {
  stream: (spec: object) => spec as StreamSpec,
  "key-value bucket": (spec: object) => keyValueToStream(spec as never),
  "object store": (spec: object) => objectStoreToStream(spec as never),
};

const file = (topology: object) =>
  JSON.stringify({ apiVersion: "headwater.dev/v1", kind: "Topology", ...topology }, undefined, 2);

function check(files: Readonly<Record<string, string>>, ...args: string[]) {
  const names = Object.keys(files).filter((name) => name.startsWith("topology"));
  const cwd = folderWith(files);
  return headwater(["check", ...names, "--policies", ...args], { cwd });
}
const live = (files: Readonly<Record<string, string>> = {}, ...args: string[]) =>
  check(files, "--server", urlsOf(servers), ...args);

describe("the persistence design as its script provisions it", () => {
  const { apiVersion: _, kind: __, ...provisioned } = JSON.parse(FIXTURE);

  it("fails with what bounds streams, through its file and through the account", async () => {
    await start(startCluster());
    await provision(provisioned);
    const declared = await check({ "topology.yaml": FIXTURE }, "--json");
    const found = await live({}, "--json");
    expect([declared.code, found.code]).toEqual([1, 1]);
    const unbounded =
      "jetstream-retention-bounded stream NAME maxBytes is not set: the stream grows until the volume is full";
    for (const name of ["INGEST_RAW_V1", "INGEST_STATUS_V1", "CONSENSUS_EVENTS_V1"])
      expect(reportedPolicyFindings(found.stdout)).toContain(unbounded.replace("NAME", name));
    expect(reportedPolicyFindings(found.stdout)).toEqual(reportedPolicyFindings(declared.stdout));
  });
});

/** A topology that breaks many rules, in every kind of asset. */
const broken: TopologySpec = {
  streams: {
    ORDERS_V1: {
      subjects: ["orders.v1.>"],
      dataClass: "audit",
      consumerLimits: { maxAckPending: 50, inactiveThreshold: "1h" },
    },
    INGEST: { subjects: ["ingest.*.raw"], storage: "memory", maxAge: "1m" },
    JOBS_V1: { subjects: ["jobs.v1.a", "jobs.v1.b"], retention: "workqueue", maxBytes: "1GiB", noAck: true },
    COPY_V1: { mirror: { name: "ORDERS_V1" }, maxAge: "30d" },
    ALL_V1: { sources: [{ name: "INGEST" }, { name: "JOBS_V1", filterSubject: "jobs.v1.a" }] },
  },
  keyValues: { sessions: { dataClass: "audit", storage: "memory" }, copies: { mirror: { name: "sessions" } } },
  objectStores: { invoices: { dataClass: "standard", ttl: "1h" } },
  consumers: [
    { stream: "ORDERS_V1", name: "cursor", kind: "pull", ackPolicy: "explicit" },
    { stream: "INGEST", name: "worker", kind: "push", deliverSubject: "deliver.worker", ackPolicy: "none" },
    { stream: "JOBS_V1", name: "resizer", kind: "pull", ackPolicy: "explicit", backoff: ["1s", "5s"], maxDeliver: 3 },
    { stream: "KV_sessions", name: "watcher", kind: "pull", ackPolicy: "all" },
  ] as ConsumerSpec[],
};

describe.each(testVersions("2.15.1", OLDEST))("a live account on nats-server %s", (version) => {
  it("gives the findings its file gives", async () => {
    await start(startServer({ version }));
    await provision(broken);
    const declared = await check({ "topology.yaml": file(broken) }, "--server-version", version, "--json");
    const found = await live({}, "--json");
    const expected = reportedPolicyFindings(declared.stdout);
    expect(expected.length).toBeGreaterThan(4);
    expect(reportedPolicyFindings(found.stdout)).toEqual(expected);
    expect(JSON.parse(found.stdout)).toMatchObject({
      files: [],
      assets: { streams: 5, consumers: 4, keyValues: 2, objectStores: 1 },
      judged: { version },
      policies: { preset: "prod", files: [] },
    });
  });
});

// As client libraries write them out, with what they fill in themselves.
const bucket = {
  retention: "limits",
  max_msgs: -1,
  max_consumers: -1,
  max_bytes: -1,
  storage: "file",
  num_replicas: 1,
};
const guarded = { discard: "new", allow_rollup_hdrs: true, compression: "none" };
const keyValue = (name: string, more: object = {}) => ({
  ...bucket,
  ...guarded,
  name: `KV_${name}`,
  subjects: [`$KV.${name}.>`],
  max_msgs_per_subject: 1,
  max_msg_size: -1,
  deny_delete: true,
  allow_direct: true,
  duplicate_window: 120e9,
  ...more,
});
const objectStore = (name: string, more: object = {}) => ({
  ...bucket,
  ...guarded,
  name: `OBJ_${name}`,
  subjects: [`$O.${name}.C.>`, `$O.${name}.M.>`],
  allow_direct: true,
  ...more,
});
const made = [
  keyValue("plain"),
  keyValue("short", { max_age: 30e9, duplicate_window: 30e9 }),
  keyValue("old", { allow_direct: false }),
  keyValue("copy", { subjects: undefined, mirror: { name: "KV_plain" }, mirror_direct: true }),
  keyValue("joined", {
    sources: [{ name: "KV_plain", subject_transforms: [{ src: "$KV.plain.>", dest: "$KV.joined.>" }] }],
  }),
  objectStore("plain"),
  objectStore("short", { max_age: 3600e9 }),
  // No client makes this: a stream that has the name of a bucket.
  { ...bucket, name: "KV_stream", subjects: ["stream.>"] },
];

it.each(testVersions("2.15.1", OLDEST))("takes buckets of clients for buckets on nats-server %s", async (version) => {
  await start(startServer({ version }));
  await withConnection(urlsOf(servers), async (nc) => {
    for (const config of made) {
      const reply = await nc.request(`$JS.API.STREAM.CREATE.${config.name}`, JSON.stringify(config));
      expect(reply.json()).not.toHaveProperty("error");
    }
  });
  const { stdout } = await live({}, "--json");
  expect(JSON.parse(stdout).assets).toEqual({ streams: 1, consumers: 0, keyValues: 5, objectStores: 2 });
  expect(reportedPolicyFindings(stdout).filter((line) => line.includes("retention-bounded stream"))).toEqual([
    expect.stringContaining("stream KV_stream maxAge"),
    expect.stringContaining("stream KV_stream maxBytes"),
  ]);
});

describe("a live account", () => {
  it("passes where the rules find nothing, and says what was judged", async () => {
    await start(startCluster());
    await provision(baseline);
    const { code, stdout, stderr } = await live({});
    expect(stdout.replace(urlsOf(servers), "SERVERS").replace(/by \d+ rules/, "by N rules")).toBe(
      "No problems in 4 streams, 3 consumers, 1 key-value bucket, 1 object store, for nats-server 2.15.1 at SERVERS, by N rules as in prod\n",
    );
    expect([code, stderr]).toEqual([0, ""]);
  });

  it("takes waivers from the policy file only, and has no place in files", async () => {
    await start(startServer());
    await provision({ streams: { ORDERS_V1: { subjects: ["orders.v1.placed"], maxAge: "30d" } } });
    const waiver = {
      rule: "jetstream-retention-bounded",
      name: "ORDERS_V1",
      reason: "sized in May",
      expires: "2999-12-31",
    };
    const rules = {
      all: "disabled",
      "jetstream-retention-bounded": "mandatory",
      "jetstream-waiver-valid": { enforcementLevel: "mandatory", longest: "0s" },
    };
    const before = await live({ "headwater.policy.json": JSON.stringify({ rules }) }, "--json");
    expect(before.code).toBe(1);
    expect(JSON.parse(before.stdout).findings).toMatchObject([{ field: "maxBytes", file: null, line: null }]);
    const after = await live({ "headwater.policy.json": JSON.stringify({ rules, waivers: [waiver] }) }, "--json");
    expect(after.code).toBe(0);
    expect(JSON.parse(after.stdout)).toMatchObject({
      findings: [],
      waived: [
        {
          name: "ORDERS_V1",
          field: "maxBytes",
          file: null,
          waiver: { reason: "sized in May", file: "headwater.policy.json", line: 1 },
        },
      ],
      summary: { errors: 0, warnings: 0, waived: 1 },
    });
  });

  it("is context where there are files: what is declared is judged", async () => {
    await start(startServer());
    await provision({ streams: { OLD: { subjects: ["old.>"] } } });
    const topology = file({ streams: { NEW_V1: { subjects: ["old.new"], maxAge: "30d", maxBytes: "1GiB" } } });
    const { code, stdout } = await live({ "topology.yaml": topology }, "--json");
    expect(code).toBe(1);
    const { findings, assets } = JSON.parse(stdout) as { findings: { name: string }[]; assets: object };
    expect(assets).toMatchObject({ streams: 1 });
    expect(findings).toContainEqual(
      expect.objectContaining({ code: "SP201", rule: "jetstream-preflight", level: "mandatory", name: "NEW_V1" }),
    );
    expect(new Set(findings.map(({ name }) => name))).toEqual(new Set(["NEW_V1"]));
  });

  it("reports as JUnit under the server's name", async () => {
    await start(startServer());
    await provision({ streams: { ORDERS_V1: { subjects: ["orders.v1.placed"], maxAge: "30d" } } });
    const { stdout } = await live({}, "--format", "junit");
    expect(stdout).toContain(`<testsuite name="${urlsOf(servers)}" tests="`);
    expect(stdout).toContain('name="stream &quot;ORDERS_V1&quot;: jetstream-retention-bounded">');
  });

  it("ends with 2 where no server answers", async () => {
    const { code, stdout, stderr } = await check({}, "--server", "nats://127.0.0.1:1", "--timeout", "1s");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^headwater: CN101 server "nats:\/\/127\.0\.0\.1:1": no server answered within 1 s/);
  });
});

it("prints for a live account what the documentation shows", async () => {
  const { files, runs } = documentedGate();
  const { args, output } = runs.find(({ args }) => args.includes("--server")) ?? { args: [], output: "" };
  const [document] = readTopologyText("orders.yaml", files["orders.yaml"] ?? "").sources;
  await start(startCluster());
  await provision(document?.value as TopologySpec);
  const { "orders.yaml": _, ...policy } = files;
  const own = args.map((arg) => (arg.startsWith("nats://") ? urlsOf(servers) : arg));
  const { code, stdout, stderr } = await headwater(own, { cwd: folderWith(policy) });
  expect(withoutCount(stdout).replace(urlsOf(servers), "nats://localhost:4222")).toBe(withoutCount(output));
  expect([code, stderr]).toEqual([1, ""]);
});

it("gives what a module exports the findings of the same set in YAML", async () => {
  const cwd = folderWith({
    "topology.yaml": file(broken),
    "topology.ts": `export const topology: object = ${JSON.stringify(broken)};`,
  });
  const main = resolve(__dirname, "../../dist/cli/main.js");
  const lines = (name: string) => {
    const { status, stdout } = spawnSync(process.execPath, [main, "check", name, "--policies", "--json"], { cwd });
    expect(status).toBe(1);
    return reportedPolicyFindings(stdout.toString());
  };
  expect(lines("topology.ts").length).toBeGreaterThan(4);
  expect(lines("topology.ts")).toEqual(lines("topology.yaml"));
});
