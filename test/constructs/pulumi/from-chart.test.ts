import * as pulumi from "@pulumi/pulumi";
import { ApiObject, App, Chart } from "cdk8s";
import * as hw from "headwater";
import * as charts from "headwater/cdk8s";
import { plainTexts, runWithMocks, unknownPaths } from "../../support/cluster-mocks";
import { valueAt } from "../../support/rendered-fields";

/** A chart with outputs in every place a manifest has values. */
function shop(app: App): Chart {
  const chart = new Chart(app, "shop", { namespace: "shop" });
  const token = pulumi.secret("SECRET token");
  const url = pulumi.output("nats://nats:4222");
  new ApiObject(chart, "config", {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "config", labels: { tier: pulumi.output("backend") as never } },
    data: { url, both: pulumi.interpolate`${url}?token=${token}`, later: new Promise((done) => done("in time")) },
  });
  new ApiObject(chart, "secret", {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "secret" },
    stringData: { token },
  });
  new ApiObject(chart, "pod", {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "pod" },
    spec: {
      replicas: pulumi.output(3),
      containers: [{ env: [{ name: "URL", value: url }, pulumi.output({ a: [1] })] }],
    },
  });
  return chart;
}

describe("fromChart", () => {
  it("registers the objects with their outputs, and keeps what is secret so", async () => {
    const [group, ...others] = await runWithMocks(() => hw.fromChart("shop", shop));
    expect(others).toEqual([]);
    expect([group?.type, group?.name]).toEqual(["kubernetes:yaml/v2:ConfigGroup", "shop"]);
    expect(group?.inputs.objs).toEqual([
      {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "config", namespace: "shop", labels: { tier: "backend" } },
        data: { url: "nats://nats:4222", both: "nats://nats:4222?token=SECRET token", later: "in time" },
      },
      {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: "secret", namespace: "shop" },
        stringData: { token: "SECRET token" },
      },
      {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "pod", namespace: "shop" },
        spec: { replicas: 3, containers: [{ env: [{ name: "URL", value: "nats://nats:4222" }, { a: [1] }] }] },
      },
    ]);
    expect(plainTexts(group?.sent).filter((text) => text.includes("SECRET"))).toEqual([]);
  });

  it("leaves unknown in a preview what is unknown, and nothing else", async () => {
    const { created } = new hw.Stream("ORDERS", {});
    const make = (app: App) => {
      const chart = new Chart(app, "shop");
      const data = { known: "a", unknown: created };
      new ApiObject(chart, "config", { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "config" }, data });
    };
    const [group] = await runWithMocks(() => hw.fromChart("shop", make), { preview: true });
    expect(unknownPaths(group?.sent)).toEqual(["objs.0.data.unknown"]);
    expect(valueAt(group?.inputs, "objs.0.data.known")).toBe("a");
  });

  it("refuses a whole number that would not arrive", async () => {
    const make = (app: App) => new charts.Stream(new Chart(app, "shop"), "S", { maxMsgs: "9007199254740993" });
    await expect(runWithMocks(() => hw.fromChart("shop", make))).rejects.toThrow(
      new pulumi.RunError(
        'fromChart "shop": Stream "s": spec.maxMsgs is 9007199254740993, and whole numbers in Pulumi are exact up to 2^53. Round it to 9007199254740991 or less, or apply the chart without Pulumi.',
      ),
    );
  });

  it("says what a chart refuses, without frames", async () => {
    const make = (app: App) => {
      const chart = new Chart(app, "shop");
      chart.node.addValidation({ validate: () => ["no room"] });
    };
    const refused = runWithMocks(() => hw.fromChart("shop", make));
    await expect(refused).rejects.toThrow(
      new pulumi.RunError('fromChart "shop": Validation failed with the following errors:\n  [shop] no room'),
    );
  });
});

describe("OutputResolver", () => {
  it("serves apps of one's own", async () => {
    const resolver = new hw.OutputResolver();
    const chart = shop(new App({ resolvers: [resolver] }));
    const objects = chart.toJson().map((object) => resolver.restore(object));
    expect(JSON.stringify(chart.toJson())).not.toContain("SECRET");
    expect(pulumi.Output.isInstance(objects[1].stringData.token)).toBe(true);
    expect(await pulumi.isSecret(objects[1].stringData.token)).toBe(true);
    expect(await pulumi.isSecret(objects[0].data.url)).toBe(false);
  });
});
