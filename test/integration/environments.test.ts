import { jetstreamManager } from "@nats-io/jetstream";
import { createProject, succeed } from "../support/engine";
import { startCluster, startServer, type TestServer, urlsOf, withConnection } from "../support/nats";
import { violationsIn } from "../support/violations";

const PASSWORD = "s3cret-pass-w0rd";
const login = `accounts { APP { jetstream: enabled, users: [{ user: deploy, password: ${PASSWORD} }] }, SYS {} }\nsystem_account: SYS`;
const GiB = 2 ** 30;
const PACK = ["--policy-pack", "node_modules/headwater/policies"];

interface Environment {
  readonly stack: string;
  readonly start: () => Promise<TestServer[]>;
  readonly config?: Readonly<Record<string, string>>;
  readonly password?: string;
  readonly replicas: number;
  readonly rawBytes: number;
  /** What the policy pack says of it. */
  readonly violations: readonly string[];
}

const environments: readonly Environment[] = [
  { stack: "dev", start: () => startCluster(), replicas: 3, rawBytes: Math.floor(10 * GiB * 0.01), violations: [] },
  {
    stack: "staging",
    start: async () => [await startServer()],
    config: { maxReplicas: "1" },
    replicas: 1,
    rawBytes: GiB,
    violations: [
      "advisory jetstream-audit-replicated",
      "advisory jetstream-audit-replicated",
      "advisory jetstream-replicated-unless-ephemeral",
    ],
  },
  {
    stack: "prod",
    start: () => startCluster({ config: login }),
    config: { "nats:user": "deploy" },
    password: PASSWORD,
    replicas: 3,
    rawBytes: 10 * GiB,
    violations: [],
  },
];

describe("the persistence design on servers that run already", () => {
  it.each(environments)(
    "passes the gate and comes up in $stack from its configuration",
    async ({ stack, start, config = {}, password, replicas, rawBytes, violations }) => {
      const servers = await start();
      const project = await createProject({
        name: "headwater-persistence",
        stack,
        typescript: true,
        servers: urlsOf(servers),
        files: ["stacks", "Pulumi.yaml", "headwater.policy.json"],
      });
      for (const [key, value] of Object.entries({ ...config, cluster: "false" })) await project.config(key, value);
      if (password) await project.config("nats:password", password, true);
      const said = (text: string) => violationsIn(text).map(({ level, rule }) => `${level} ${rule}`);
      expect(said(await succeed(project.preview(...PACK)))).toEqual(violations);
      const created = await succeed(project.up(...PACK));
      expect(created).toMatch(/\+ 9 created/);
      expect(said(created)).toEqual(violations);
      expect(await succeed(project.up())).toMatch(/9 unchanged/);
      const user = password === undefined ? {} : { user: "deploy", pass: password };
      await withConnection(
        urlsOf(servers),
        async (nc) => {
          const jsm = await jetstreamManager(nc);
          const { config } = await jsm.streams.info("INGEST_RAW_V1");
          expect(config).toMatchObject({
            subjects: ["ingest.v1.raw"],
            num_replicas: replicas,
            max_bytes: rawBytes,
            max_age: 7 * 86_400e9,
          });
          const pipe = await jsm.consumers.info("INGEST_RAW_V1", "REALTIME_PIPE");
          expect(pipe.config).toMatchObject({
            deliver_subject: "deliver.realtime.v1.raw",
            max_ack_pending: 256,
            max_deliver: 4,
          });
        },
        user,
      );
      expect(project.state()).not.toContain(PASSWORD);
      await succeed(project.destroy());
      project.remove();
      await Promise.all(servers.map((server) => server.stop()));
    },
  );
});
