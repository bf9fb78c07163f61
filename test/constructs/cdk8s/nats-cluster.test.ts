import * as hw from "../../../constructs/cdk8s/index";
import { listen, newChart, problemsOf, synth } from "./support";

listen();

const problems = (props: hw.NatsClusterProps) => {
  const chart = newChart("messaging");
  new hw.NatsCluster(chart, "nats", { standalone: true, ...props });
  return problemsOf(chart);
};
const helmExecutable = "no-such-helm";

describe("NatsCluster", () => {
  it("says that Helm is missing", () => {
    expect(problems({ helmExecutable })).toEqual([
      '[messaging/nats] CD101 cluster "nats": is rendered by Helm, and "no-such-helm" cannot be run. Install Helm 3, or set helmExecutable.',
    ]);
  });

  it("refuses what would have to be made or read here, with the way out, before Helm is asked", () => {
    const password = { value: "not to be shown" };
    const found = problems({ helmExecutable, accounts: { APP: { users: [{ user: "app", password }] } } });
    expect(found).toEqual([
      '[messaging/nats] RN101 cluster "nats": accounts.APP.users[0].password is a text, and Kubernetes needs a key of a Secret. Create a Secret and name it: { secretName: "…", key: "…" }.',
    ]);
    expect(problems({ helmExecutable, tls: { client: { ownAuthority: true } } })).toEqual([
      '[messaging/nats] CD104 cluster "nats": tls.client.ownAuthority needs keys to be made, and a chart makes none. Set issuer, or create a Secret of type kubernetes.io/tls and set secretName.',
    ]);
    expect(problems({ helmExecutable, jetstream: { encryption: {} as never } })).toEqual([
      expect.stringMatching(/^\[messaging\/nats\] CL101 cluster "nats": jetstream\.encryption\.key is required/),
    ]);
  });

  it("says everything that is wrong with a cluster", () => {
    expect(problems({ helmExecutable, size: "3" as never, ports: null as never })).toEqual([
      expect.stringMatching(/^\[messaging\/nats\] CL101 cluster "nats": size must be /),
      expect.stringMatching(/^\[messaging\/nats\] CL101 cluster "nats": ports must be /),
    ]);
  });

  it("is reached in its namespace: its own, the chart's, or one of its name", () => {
    const made = (namespace: string | undefined, props: hw.NatsClusterProps) =>
      new hw.NatsCluster(newChart("messaging", { namespace }), "nats", { standalone: true, helmExecutable, ...props });
    expect(made(undefined, {}).url).toBe("nats://nats.nats.svc.cluster.local:4222");
    expect(made("data", {}).url).toBe("nats://nats.data.svc.cluster.local:4222");
    const tls = { client: { secretName: "certificate" } };
    const eu = made("data", { name: "eu", tls, kubernetes: { namespace: "own", clusterDomain: "example" } });
    expect([eu.name, eu.namespace, eu.url]).toEqual(["eu", "own", "tls://eu.own.svc.example:4222"]);
  });

  it("writes nothing of a chart that is refused", () => {
    const chart = newChart("messaging");
    new hw.NatsCluster(chart, "nats", { helmExecutable, tls: { client: { ownAuthority: true } } });
    expect(() => synth(chart)).toThrow("Validation failed");
    expect(chart.apiObjects).toEqual([]);
  });
});
