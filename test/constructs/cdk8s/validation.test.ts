import { ApiObject, App, Chart } from "cdk8s";
import * as hw from "../../../constructs/cdk8s/index";
import * as preflight from "../../../preflight/preflight";
import { listen, newChart, problemsOf, synth } from "./support";

jest.mock("../../../preflight/preflight", () => {
  const actual = jest.requireActual<typeof preflight>("../../../preflight/preflight");
  return { ...actual, preflightEach: jest.fn(actual.preflightEach) };
});

const PULL = { kind: "pull", ackPolicy: "explicit" } as const;
const { lines } = listen();

describe("an app", () => {
  it("is refused for everything that is wrong with it, each with the path of its construct", () => {
    const app = new App();
    const [orders, reports] = [new Chart(app, "orders"), new Chart(app, "reports")];
    new hw.Stream(orders, "ORDERS", { subjects: ["orders.>"] });
    new hw.Stream(reports, "REPORTS", { subjects: ["orders.reports"], maxAge: "7 days" as never });
    new hw.Consumer(reports, "reader", { ...PULL, stream: "ORDERS", filterSubject: "invoices" });
    const problems = [
      '[reports/REPORTS] SP101 stream "REPORTS": maxAge must be a duration such as "250ms" or "7d", "0s" or at least "100ms", got "7 days". Correct the value.',
      '[reports/REPORTS] SP201 stream "REPORTS": subjects[0] "orders.reports" overlaps "orders.>" of stream "ORDERS". Let one stream own the subject: narrow one of the two, or use a source or a mirror.',
    ];
    expect(problemsOf(orders)).toEqual(problems);
    expect(() => app.synthYaml()).toThrow(`Validation failed with the following errors:\n  ${problems.join("\n  ")}`);
  });

  it("declares a name once, in whichever charts", () => {
    const app = new App();
    const [first, second] = [new Chart(app, "first"), new Chart(app, "second")];
    new hw.Stream(first, "ORDERS", { subjects: ["a"] });
    new hw.Stream(second, "ORDERS", { subjects: ["b"] });
    expect(problemsOf(first)).toEqual([
      '[second/ORDERS] SP202 stream "ORDERS": name is declared by resource "first/ORDERS" already. Remove one of the two, or give "second/ORDERS" another name.',
    ]);
  });

  it("keeps accounts apart, but not resources of one name", () => {
    const app = new App();
    const [eu, us] = [new Chart(app, "eu"), new Chart(app, "us", { namespace: "us" })];
    new hw.Stream(eu, "ORDERS", { subjects: ["orders"], connection: { account: "nats" } });
    new hw.Stream(us, "ORDERS", { subjects: ["orders"], connection: { account: "nats" } });
    expect(problemsOf(eu)).toEqual([]);
    new hw.Stream(eu, "again", {
      name: "ORDERS",
      subjects: ["orders"],
      connection: { servers: ["nats://other:4222"] },
    });
    expect(problemsOf(eu)).toEqual([
      '[eu/again] CD103 stream "ORDERS": resource.name "orders" is taken by the stream of eu/ORDERS. Set resource.name, or another namespace: the second would replace the first.',
    ]);
  });

  it("prints warnings once, on standard error", () => {
    const app = new App();
    const chart = new Chart(app, "shop");
    new hw.Consumer(chart, "reader", { ...PULL, stream: "ELSEWHERE" });
    app.synthYaml();
    synth(chart);
    const warning =
      '[shop/reader] warning SW102 consumer "ELSEWHERE/reader": stream "ELSEWHERE" is not declared: the consumer cannot be created before it exists. Correct the name, declare it, or list it under external.';
    expect(lines).toEqual([warning]);
    new hw.Stream(chart, "B", { subjects: ["b"] });
    synth(chart);
    expect(lines).toEqual([warning]);
  });

  it("prints nothing for an object that is looked at before the app is complete", () => {
    const chart = newChart();
    const reader = new hw.Consumer(chart, "reader", { ...PULL, stream: "ORDERS" });
    expect(ApiObject.of(reader).toJson().spec).toMatchObject({ streamName: "ORDERS" });
    new hw.Stream(chart, "ORDERS", { subjects: ["orders"], consumerLimits: { maxAckPending: 5 } });
    expect(ApiObject.of(reader).toJson().spec).toMatchObject({ maxAckPending: 5 });
    synth(chart);
    expect(lines).toEqual([]);
  });

  it("is judged once for each state it is in, however many charts it has", () => {
    const app = new App();
    const charts = Array.from({ length: 5 }, (_, i) => new Chart(app, `chart-${i}`));
    for (const chart of charts) new hw.Stream(chart, `S_${chart.node.id}`, { subjects: [chart.node.id] });
    const judge = jest.mocked(preflight.preflightEach).mockClear();
    app.synthYaml();
    for (const chart of charts) synth(chart);
    expect(judge).toHaveBeenCalledTimes(1);
    new hw.Stream(charts[0] as Chart, "MORE", { subjects: ["more"] });
    app.synthYaml();
    expect(judge).toHaveBeenCalledTimes(2);
  });

  it("forgets what is taken out of it", () => {
    const chart = newChart();
    new hw.Stream(chart, "A", { subjects: ["orders.>"] });
    chart.node.tryRemoveChild("A");
    new hw.Stream(chart, "B", { subjects: ["orders.x"] });
    expect(problemsOf(chart)).toEqual([]);
  });

  it("knows its servers", () => {
    const chart = newChart();
    hw.setDefaults(chart, { server: { version: "2.10.29", servers: 1 } });
    new hw.Stream(chart, "A", { subjects: ["a"], replicas: 3, allowMsgTtl: true });
    expect(problemsOf(chart).map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
      "[shop/A] SV101",
      "[shop/A] SL101",
    ]);
  });
});

describe("what only JavaScript can do", () => {
  it.each([
    [
      "no props",
      (chart: Chart) => new hw.Consumer(chart, "c", undefined as never),
      'SP101 consumer "?/c": kind is required',
    ],
    ["null", (chart: Chart) => new hw.Stream(chart, "s", null as never), undefined],
    [
      "a misspelled field",
      (chart: Chart) => new hw.Stream(chart, "s", { maxage: "1d" } as never),
      'SP101 stream "s": maxage is not a known field',
    ],
    [
      "a bus of no type",
      (chart: Chart) => new hw.EventBus(chart, "b", undefined as never),
      'EB101 event bus "b": type ',
    ],
    [
      "a job of nothing",
      (chart: Chart) => new hw.ProvisioningJob(chart, "j", undefined as never),
      'PJ101 provisioning job "j": image is required',
    ],
    [
      "a previous of nothing",
      (chart: Chart) => {
        const head = { apiVersion: "jetstream.nats.io/v1beta2", kind: "Stream" };
        const previous = [
          null,
          3,
          { kind: "List", items: [null] },
          head,
          { ...head, metadata: null, spec: { name: "other" } },
        ];
        hw.setDefaults(chart, { previous });
        return new hw.Stream(chart, "s", {});
      },
      undefined,
    ],
    ["a topology of nothing", (chart: Chart) => new hw.Topology(chart, "t", {}), undefined],
  ])("%s is one sentence or nothing", (_, make, said) => {
    const chart = newChart();
    make(chart);
    expect(problemsOf(chart)[0] ?? "").toContain(said ?? "");
    expect(problemsOf(chart).length === 0).toBe(said === undefined);
  });

  const told = (props: object) => (chart: Chart) => new hw.Stream(chart, "s", props as never);
  it.each<[string, (chart: Chart) => unknown, string]>([
    [
      "connection",
      told({ connection: "nats" }),
      "connection must be an Account, { account: NAME } or { servers: [URL] }",
    ],
    ["connection", told({ connection: {} }), "connection must be an Account, { account: NAME } or { servers: [URL] }"],
    [
      "onDelete",
      told({ onDelete: "Delete" }),
      'onDelete must be one of "retain", "deleteIfEmpty", "delete", got "Delete"',
    ],
    ["updates", told({ updates: "auto" }), 'updates must be one of "guarded", "apply", "never", got "auto"'],
    ["allow", told({ allow: "DL102" }), 'allow must be a list of acknowledgments, got "DL102"'],
    ["allow", told({ allow: [null] }), "allow must be a list of acknowledgments, got [null]"],
    [
      "resource",
      told({ resource: { name: "Bad_Name" } }),
      'resource must be a map whose name is one of Kubernetes: small letters, digits, hyphens and dots, got {"name":"Bad_Name"}',
    ],
  ])("%s that cannot be is one sentence", (_, make, said) => {
    const chart = newChart();
    make(chart);
    expect(problemsOf(chart)).toEqual([`[shop/s] CD108 stream "s": ${said}. Correct the value.`]);
  });

  it.each<[string, (chart: Chart) => unknown, string]>([
    [
      "previous",
      (chart) => {
        hw.setDefaults(chart, { previous: 5 as never });
        return new hw.Stream(chart, "s", {});
      },
      '[shop/s] CD108 stream "s": previous must be a file, a folder or a list of objects, got 5. Correct the value.',
    ],
    [
      "consumers",
      (chart) => new hw.Topology(chart, "t", { consumers: {} as never }),
      '[shop/t] CD108 topology "t": consumers must be a list. Correct the value.',
    ],
    [
      "servers",
      (chart) => new hw.Account(chart, "a", undefined as never),
      '[shop/a] CD108 topology "a": servers must be a list of URLs. Correct the value.',
    ],
    [
      "secrets of an account",
      (chart) => new hw.Account(chart, "a", { servers: ["nats://me:hush@nats"] }),
      '[shop/a] NK106 topology "a": servers[0] has credentials in it, and manifests are no place for secrets. Leave them out, and name an Account whose credentials are keys of a Secret.',
    ],
    [
      "secrets of an asset",
      (chart) => new hw.Stream(chart, "s", { connection: { servers: ["nats://me:hush@nats"] } }),
      '[shop/s] NK106 stream "s": connection.servers[0] has credentials in it, and manifests are no place for secrets. Leave them out, and name an Account whose credentials are keys of a Secret.',
    ],
  ])("%s that cannot be is one sentence too", (_, make, said) => {
    const chart = newChart();
    make(chart);
    expect(problemsOf(chart)).toEqual([said]);
  });
});
