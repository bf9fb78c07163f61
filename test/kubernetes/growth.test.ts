import { jetstreamManager } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import {
  describeWith,
  type Forward,
  forward,
  install,
  kubectl,
  missing,
  ready,
  remove,
  secret,
} from "../support/kubernetes";
import { led, readBack, settled, startLoad } from "../support/load";
import { type ProviderProcess, startProvider } from "../support/provider-process";

const NAME = "growing";
const LOGINS = "growing-logins";
const password = (key: string) => ({ secretName: LOGINS, key });

const specOf = (size: number): ClusterSpec => ({
  name: NAME,
  size,
  standalone: false,
  jetstream: { volume: { size: "10GiB" }, maxFileStore: "1GiB" },
  accounts: {
    SYS: { users: [{ user: "sys", password: password("sys") }] },
    APP: { users: [{ user: "app", password: password("app") }] },
  },
  kubernetes: { spread: "none", minReady: "0s" },
});

describeWith(missing.chart, "a cluster of one on Kubernetes", () => {
  let provider: ProviderProcess;
  let tunnel: Forward;
  let nc: NatsConnection;
  beforeAll(async () => {
    await remove(NAME);
    provider = startProvider();
    const logins = secret(NAME, LOGINS, { sys: "secret-sys", app: "secret-app" });
    await install(specOf(1), { before: [logins], onDelete: true });
    await ready(specOf(1));
    await ready(specOf(1), `${NAME}-witness`);
    tunnel = await forward(NAME, NAME);
    nc = await connect({
      servers: `127.0.0.1:${tunnel.port}`,
      user: "app",
      pass: "secret-app",
      ignoreClusterUpdates: true,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 200,
    });
  });
  afterAll(async () => {
    await nc?.close();
    tunnel?.close();
    await provider?.stop();
    await remove(NAME);
  });

  const handlerOf = (kind: string) =>
    provider.handlerOf(kind, {
      "nats:servers": `nats://${NAME}.${NAME}.svc:4222`,
      "nats:portForward": `${NAME}/${NAME}:4222`,
      "nats:user": "sys",
      "nats:password": "secret-sys",
      "nats:connectTimeout": "60s",
    });
  const members = (size: number) => ({
    cluster: NAME,
    statefulSet: NAME,
    servers: Array.from({ length: size }, (_, i) => `${NAME}-${i}`),
    standalone: false,
    spec: { size },
  });
  // Only the leader lists the others.
  const metaGroup = async (): Promise<string[]> => {
    const pods = (await kubectl("get", "pods", "-n", NAME, "-o", "jsonpath={.items[*].metadata.name}")).split(" ");
    for (const pod of pods) {
      const text = await kubectl(
        "exec",
        "-n",
        NAME,
        pod,
        "-c",
        "nats",
        "--",
        "wget",
        "-qO-",
        "http://127.0.0.1:8222/jsz",
      );
      const { leader, replicas = [] } = JSON.parse(text).meta_cluster;
      if (leader === pod) return [leader, ...replicas.map(({ name }: { name: string }) => name)].sort();
    }
    return [];
  };

  it("grows to three, without its witness then, while messages come and go and none is lost", async () => {
    await led(nc);
    const jsm = await jetstreamManager(nc);
    for (const [name, consumer] of [["whole", "load"]] as const) {
      await jsm.streams.add({ name, subjects: [`${name}.>`], num_replicas: 1 });
      await jsm.consumers.add(name, { durable_name: consumer, ack_policy: "explicit", ack_wait: 2e9 } as never);
    }
    expect(await metaGroup()).toEqual([`${NAME}-0`, `${NAME}-witness-0`]);
    const load = startLoad(nc, "whole");
    const handler = await handlerOf("clusterMembers");
    await handler.create({ ...members(1), witness: `${NAME}-witness-0` });

    await install(specOf(3), { onDelete: true });
    await handler.update(NAME, members(1), members(3));
    expect(await metaGroup()).toEqual([0, 1, 2].map((i) => `${NAME}-${i}`));
    await kubectl("delete", "statefulset,service,configmap", `${NAME}-witness`, "-n", NAME);
    await jsm.streams.update("whole", { num_replicas: 3 });
    await settled(nc, ["whole"]);

    await load.stop();
    expect(await readBack(nc, "whole")).toBe(load.published);
    expect(load.consumed).toBe(load.published);
  });

  it("refuses to shrink below the replicas of its streams, and forgets servers that are gone", async () => {
    const change = await handlerOf("clusterChange");
    const inputs = (size: number) => ({ cluster: NAME, spec: specOf(size) });
    await expect(change.update(NAME, inputs(3), inputs(2))).rejects.toThrow(
      new RegExp(`CS103 server "${NAME}-2": holds stream .+whole, which cannot move`),
    );
    const jsm = await jetstreamManager(nc);
    await jsm.streams.update("whole", { num_replicas: 1 });
    await change.update(NAME, inputs(3), inputs(2));
    expect(await metaGroup()).toEqual([0, 1].map((i) => `${NAME}-${i}`));
    await install(specOf(2), { onDelete: true });
    await (await handlerOf("clusterMembers")).update(NAME, members(3), members(2));
    expect(await readBack(nc, "whole")).toBe((await jsm.streams.info("whole")).state.messages);
  });
});
