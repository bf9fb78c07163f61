import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { jetstreamManager } from "@nats-io/jetstream";
import { Testing } from "cdk8s";
import { readConsumerConfig, readStreamConfig } from "../../model/config";
import type { WireConfig } from "../../model/wire";
import { natsCliFiles } from "../../render/nats-cli/nats-cli-files";
import { PersistenceJob } from "../../stacks/persistence-chart";
import { persistenceTopology } from "../../stacks/persistence-topology";
import { jobTopology } from "../support/backends";
import { folderWith, headwater } from "../support/cli";
import { createProject, succeed } from "../support/engine";
import { startCluster, type TestServer, urlsOf, withConnection } from "../support/nats";
import { nats, natsTool } from "../support/nats-cli";

const PASSWORD = "s3cret-pass-w0rd";
const account = (name: string) => `${name} { jetstream: enabled, users: [{ user: ${name}, password: ${PASSWORD} }] }`;
const SCALE = { sizeFactor: 0.01 };

let servers: TestServer[];
beforeAll(async () => {
  const accounts = ["PULUMI", "JOB", "TOOL"].map(account).join(", ");
  servers = await startCluster({ config: `accounts { ${accounts}, SYS {} }\nsystem_account: SYS` });
});
afterAll(() => Promise.all(servers.map((server) => server.stop())));

/** Everything in an account, as the servers answer it: without stamps, and without what they add themselves. */
const held = (user: string) =>
  withConnection(
    urlsOf(servers),
    async (nc) => {
      const { streams, consumers } = await jetstreamManager(nc);
      const found: Record<string, unknown> = {};
      for await (const { config } of streams.list()) {
        found[config.name] = readStreamConfig(config as unknown as WireConfig).spec;
        for await (const { config: reader } of consumers.list(config.name))
          found[`${config.name}/${reader.durable_name}`] = readConsumerConfig(config.name, reader as WireConfig).spec;
      }
      return found;
    },
    { user, pass: PASSWORD },
  );

const tried = natsTool ? it : it.skip;

tried("the persistence design is the same on servers, whoever made it: Pulumi, a job, the nats tool", async () => {
  const project = await createProject({
    name: "headwater-persistence",
    typescript: true,
    servers: urlsOf(servers),
    files: ["stacks", "Pulumi.yaml"],
  });
  await project.config("nats:user", "PULUMI");
  await project.config("nats:password", PASSWORD, true);
  await succeed(project.up());
  const byPulumi = await held("PULUMI");
  expect(Object.keys(byPulumi)).toHaveLength(7);

  const where = { servers: servers.map(({ url }) => url), secret: "persistence", image: "headwater:0.1.0", ...SCALE };
  const manifests = Testing.synth(new PersistenceJob(Testing.app(), "job", where));
  const cwd = folderWith({ "topology.json": jobTopology(manifests) });
  // The arguments of the pod's container, with servers and login as the pod has them.
  const apply = () =>
    headwater(
      ["apply", "topology.json", "--server", urlsOf(servers), "--user", "JOB", "--owner", "headwater-persistence/job"],
      { cwd, env: { NATS_PASSWORD: PASSWORD } },
    );
  expect(await apply()).toMatchObject({ code: 0 });
  expect(await held("JOB")).toEqual(byPulumi);
  const again = await apply();
  expect(again.code).toBe(0);
  expect(again.stdout).toMatch(/^7 unchanged, on nats-server /);

  for (const { path, text } of natsCliFiles(persistenceTopology(SCALE)).files) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
  const url = (servers[0] as TestServer).url.replace("nats://", `nats://TOOL:${PASSWORD}@`);
  expect(await nats(url, "sh", ["apply.sh"], cwd)).toMatchObject({ code: 0 });
  expect(await held("TOOL")).toEqual(byPulumi);
  await succeed(project.destroy());
  project.remove();
});
