import { connect } from "@nats-io/transport-node";
import { createProject, failing, type Project, succeed } from "../support/engine";
import { describeWith, forward, kubectl, missing, remove } from "../support/kubernetes";
import { readBack, startLoad } from "../support/load";

const NAME = "component";

/** A program with a cluster and a stream on it. */
const program = (size: number, encryption: string, more = "") => `
const hw = require("headwater");
const cluster = new hw.NatsCluster("${NAME}", {
  size: ${size},
  jetstream: { volume: { size: "10GiB" }, maxFileStore: "1GiB", encryption: ${encryption} },
  tls: { client: { ownAuthority: true }, cluster: { ownAuthority: true } },
  kubernetes: { chart: { path: ${JSON.stringify(process.env.HEADWATER_NATS_CHART)} }, spread: "none", minReady: "0s" },
  ${more}
});
const whole = new hw.Stream("whole", { subjects: ["whole.>"], replicas: 3 }, { provider: cluster.provider });
new hw.Consumer("load", { stream: whole, kind: "pull", ackPolicy: "explicit", ackWait: "2s" }, { provider: cluster.provider });
exports.passwords = cluster.passwords;
exports.url = cluster.url;
`;

describeWith(missing.chart || missing.component, "NatsCluster on a real Kubernetes", () => {
  let project: Project;
  beforeAll(async () => {
    await remove(NAME);
    project = await createProject();
  });
  afterAll(async () => {
    await project?.destroy({ HEADWATER_ALLOW_DELETE: "*" });
    await remove(NAME);
    project?.remove();
  });

  it("makes a cluster and a stream on it in one run, and changes nothing in the next", async () => {
    project.program(program(3, "{}"));
    expect(await succeed(project.up())).toMatch(/whole created/);
    expect(await succeed(project.up("--expect-no-changes"))).toMatch(/unchanged/);
  });

  it("keeps every secret encrypted in its state", async () => {
    const { stdout } = await outputs();
    const passwords = Object.values(JSON.parse(stdout).passwords as Record<string, string>);
    const keys = await kubectl(
      "get",
      "secret",
      `${NAME}-secrets`,
      "-n",
      NAME,
      "-o",
      "jsonpath={.data.encryption-key-1}",
    );
    const secrets = [...passwords, Buffer.from(keys, "base64").toString()];
    expect(secrets).toHaveLength(3);
    for (const secret of secrets) expect(project.state().includes(secret)).toBe(false);
    expect(project.state().includes("PRIVATE KEY")).toBe(false);
  });

  it("rotates its key while messages come and go, and loses none", async () => {
    const { stdout } = await outputs();
    const tunnel = await forward(NAME, NAME);
    const nc = await connect({
      servers: `tls://127.0.0.1:${tunnel.port}`,
      user: "app",
      pass: JSON.parse(stdout).passwords["APP/app"],
      tls: { rejectUnauthorized: false } as never,
      ignoreClusterUpdates: true,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 200,
    });
    const load = startLoad(nc, "whole");
    project.program(program(3, "{ rotate: 2 }"));
    const text = await succeed(project.up());
    await load.stop();
    expect(text).toMatch(/members updated/);
    expect(await readBack(nc, "whole")).toBe(load.published);
    expect(load.consumed).toBe(load.published);
    await nc.close();
    tunnel.close();
  });

  it("refuses steps that would lose data, each in one sentence", async () => {
    project.program(program(3, "{ rotate: 1 }"));
    expect(await failing(project.preview())).toContain(
      `EK102 encryption key "${NAME}-encryption-key": rotate cannot go back from 2 to 1: the servers hold data of key 2. Set it to 2, or to 3 for a new key.`,
    );
    project.program(
      program(3, "{ rotate: 2 }", 'standalone: false, version: "2.15.1",').replace('size: "10GiB"', 'size: "20GiB"'),
    );
    expect(await failing(project.preview())).toContain(
      `CG205 cluster "${NAME}": jetstream.volume.initialSize cannot change from "10GiB" to "20GiB"`,
    );
    project.program(program(3, "{ rotate: 2, previous: 'drop' }"));
    expect(await succeed(project.up())).toMatch(/updated/);
    project.program(program(3, "{ rotate: 2, previous: 'drop' }"));
    const kept = await failing(project.destroy());
    expect(kept).toContain('DG101 stream "whole": holds');
  });

  const outputs = async () => {
    const run = await project.run(["stack", "output", "--stack", "dev", "--show-secrets", "--json"]);
    return { stdout: run.text.slice(run.text.indexOf("{")) };
  };
});

const released = `
const hw = require("headwater");
const cluster = new hw.NatsCluster("released", {
  mode: "release",
  standalone: true,
  jetstream: {},
  kubernetes: { chart: { path: ${JSON.stringify(process.env.HEADWATER_NATS_CHART)} }, minReady: "0s" },
});
new hw.Stream("orders", { subjects: ["orders.>"] }, { provider: cluster.provider });
`;

describeWith(missing.chart || missing.component, "NatsCluster as a release of Helm", () => {
  it("comes up with a stream, stays as it is, and goes", async () => {
    await remove("released");
    const project = await createProject();
    project.program(released);
    expect(await succeed(project.up())).toMatch(/orders created/);
    expect(await succeed(project.up("--expect-no-changes"))).toMatch(/unchanged/);
    expect(await succeed(project.destroy())).toMatch(/deleted/);
    project.remove();
    await remove("released");
  });
});
