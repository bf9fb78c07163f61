import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { App, Chart, Yaml } from "cdk8s";
import * as hw from "../../../constructs/cdk8s/index";
import { folderWith } from "../../support/cli";
import { listen, newChart, problemsOf, synth } from "./support";

const { lines } = listen();
const SOUND = {
  subjects: ["ingest.v1.raw"],
  dataClass: "standard",
  maxAge: "7d",
  maxBytes: "10GiB",
  description: "raw events",
  metadata: { owner: "data" },
} as const;
const only = { config: [{ all: "disabled", "jetstream-replicas-odd": "mandatory" }] } as const;
const NEXT_MONTH = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

describe("policyValidation", () => {
  it("refuses an app for what mandatory rules find, beside what servers say", () => {
    const chart = newChart();
    hw.policyValidation(chart, only);
    new hw.Stream(chart, "INGEST_V1", { ...SOUND, replicas: 2 });
    new hw.Stream(chart, "OTHER_V1", { subjects: ["ingest.v1.>"], replicas: 1 });
    const [first, second, ...others] = problemsOf(chart);
    expect(others).toEqual([]);
    expect(first).toBe(
      '[shop/INGEST_V1] jetstream-replicas-odd stream "INGEST_V1": replicas is 2: no more servers may be lost than with 1. Set replicas to 1, 3 or 5.',
    );
    expect(second).toMatch(/^\[shop\/OTHER_V1\] SP201 /);
  });

  it("prints what advisory rules find, and lets waivers lift findings", () => {
    const chart = newChart();
    hw.policyValidation(chart, { config: [{ all: "disabled", "jetstream-replicas-odd": "advisory" }] });
    new hw.Stream(chart, "A_V1", { ...SOUND, subjects: ["a.v1"], replicas: 2 });
    const waive = [{ rule: "jetstream-replicas-odd", reason: "two nodes", expires: NEXT_MONTH }];
    new hw.Stream(chart, "B_V1", { ...SOUND, subjects: ["b.v1"], replicas: 2, waive });
    synth(chart);
    expect(lines).toEqual([expect.stringMatching(/^\[shop\/A_V1\] warning jetstream-replicas-odd stream "A_V1": /)]);
  });

  it("names the chart of the one that is meant, where accounts have assets of one name", () => {
    const app = new App();
    const [eu, us] = [new Chart(app, "eu", { namespace: "eu" }), new Chart(app, "us", { namespace: "us" })];
    hw.policyValidation(app, only);
    hw.setDefaults(app, { connection: { account: "nats" } });
    new hw.Stream(eu, "INGEST_V1", { ...SOUND, replicas: 3 });
    new hw.Stream(us, "INGEST_V1", { ...SOUND, replicas: 2 });
    expect(problemsOf(eu).map((line) => line.slice(0, 14))).toEqual(["[us/INGEST_V1]"]);
  });

  it("judges event buses and clusters", () => {
    const chart = newChart();
    const rules = { "jetstream-cluster-odd-size": "advisory", "jetstream-event-bus-version-pinned": "mandatory" };
    hw.policyValidation(chart, { config: [{ all: "disabled", ...rules } as never] });
    new hw.EventBus(chart, "default", { type: "native", version: "latest" });
    expect(problemsOf(chart).map((line) => line.split(":")[0])).toEqual([
      '[shop/default] jetstream-event-bus-version-pinned event bus "default"',
    ]);
  });

  it("refuses a configuration of rules that do not exist", () => {
    expect(() => hw.policyValidation(newChart(), { config: [{ "jetstream-replica-odd": "advisory" }] })).toThrow(
      'PC103 file "config[0]": jetstream-replica-odd is not a known rule. Did you mean jetstream-replicas-odd?',
    );
  });
});

describe("PolicyValidation", () => {
  /** What the plugin reports on manifests. */
  async function validated(objects: readonly unknown[], properties: object) {
    const file = join(folderWith({}), "shop.k8s.yaml");
    writeFileSync(file, Yaml.stringify(...objects));
    const violations: unknown[] = [];
    const submitted: unknown[] = [];
    const report = {
      addViolation: (violation: unknown) => violations.push(violation),
      submit: (...args: unknown[]) => submitted.push(args),
    };
    const plugin = new hw.PolicyValidation(properties);
    await plugin.validate({ manifests: [file], report, parseManifest: (path: string) => Yaml.load(path) } as never);
    return { violations: JSON.parse(JSON.stringify(violations).replaceAll(file, "FILE")), submitted };
  }
  const objects = (...streams: [string, hw.StreamProps][]) => {
    const chart = newChart();
    for (const [name, props] of streams) new hw.Stream(chart, name, props);
    return synth(chart);
  };
  const rules = { all: "disabled", "jetstream-replicas-odd": "mandatory" };

  it("reports each rule once, with every resource it does not hold for", async () => {
    const streams = ["A_V1", "B_V1"].map((name): [string, hw.StreamProps] => [name, { subjects: [name], replicas: 2 }]);
    const { violations, submitted } = await validated(objects(...streams), { preset: "staging", rules });
    expect(violations).toEqual([
      {
        ruleName: "jetstream-replicas-odd",
        recommendation: expect.any(String),
        fix: expect.any(String),
        violatingResources: [
          {
            resourceName: "a-v1",
            locations: [expect.stringMatching(/^stream "A_V1": replicas /)],
            manifestPath: "FILE",
          },
          {
            resourceName: "b-v1",
            locations: [expect.stringMatching(/^stream "B_V1": replicas /)],
            manifestPath: "FILE",
          },
        ],
      },
    ]);
    expect(submitted).toEqual([["failure", { preset: "staging", mandatory: "2", advisory: "0", waived: "0" }]]);
  });

  it("judges event buses too", async () => {
    const chart = newChart();
    new hw.EventBus(chart, "default", { type: "native", version: "latest" });
    const pinned = { all: "disabled", "jetstream-event-bus-version-pinned": "mandatory" };
    const { violations } = await validated(synth(chart), { rules: pinned });
    expect(violations).toEqual([
      expect.objectContaining({
        ruleName: "jetstream-event-bus-version-pinned",
        violatingResources: [expect.objectContaining({ resourceName: "default" })],
      }),
    ]);
  });

  it("succeeds with advice, and with waivers", async () => {
    const stream: [string, hw.StreamProps] = ["A_V1", { subjects: ["a"], replicas: 2 }];
    const advice = { rules: { ...rules, "jetstream-replicas-odd": "advisory" } };
    const advised = await validated(objects(stream), advice);
    expect(advised.violations.map(({ ruleName }: { ruleName: string }) => ruleName)).toEqual([
      "jetstream-replicas-odd (advisory)",
    ]);
    expect(advised.submitted).toEqual([["success", { preset: "prod", mandatory: "0", advisory: "1", waived: "0" }]]);
    const waivers = [{ name: "A_V1", rule: "jetstream-replicas-odd", reason: "two nodes", expires: NEXT_MONTH }];
    const waived = await validated(objects(stream), { rules, waivers });
    expect(waived.submitted).toEqual([["success", { preset: "prod", mandatory: "0", advisory: "0", waived: "1" }]]);
  });

  it.each([
    [
      { presets: "dev" },
      'CD107 file "cdk8s.yaml": properties.presets is not a known property. There are preset, rules, waivers.',
    ],
    [
      { preset: "test" },
      'CD107 file "cdk8s.yaml": properties.preset must be one of "dev", "staging", "prod", got "test". Use one of these.',
    ],
    [[], 'CD107 file "cdk8s.yaml": properties must be a map, got []. Write { preset: … }.'],
  ])("refuses properties it does not know: %j", (properties, message) => {
    expect(() => new hw.PolicyValidation(properties as never)).toThrow(message);
  });
});
