import { readEventBuses } from "../../model/event-bus/event-bus-file";
import { eventBusStream } from "../../model/event-bus/event-bus-stream";
import { sensorBucket, sensorConsumer, sensorDependency } from "../../model/event-bus/sensor";
import { formatFinding } from "../../model/finding";
import { formatPlace, type Place } from "../../model/place";
import { readTopologyText } from "../../model/topology-text";
import { checkSpec } from "../../preflight/check-spec";
import { checkEventBus } from "../../preflight/event-bus/check-event-bus";

const HEAD = "apiVersion: headwater.dev/v1\nkind: EventBus\n";
const read = (text: string) => readEventBuses(readTopologyText("bus.yaml", text).sources);

describe("files", () => {
  it("declare buses, among other documents", () => {
    const { buses, findings } = read(
      `${HEAD}metadata: {name: default}\ntype: native\nversion: 2.10.29\n---\napiVersion: headwater.dev/v1\nkind: Topology\n`,
    );
    expect(findings).toEqual([]);
    expect(buses.map(({ spec }) => spec)).toEqual([{ type: "native", name: "default", version: "2.10.29" }]);
  });

  it("say where what is wrong is written", () => {
    const { buses, findings } = read(
      "apiVersion: v1\nkind: EventBus\nname: a\nmetadata: {name: A_B}\ntype: native\nversion: 2.10.29\nreplicas: 0\n",
    );
    expect(findings.map((one) => `${formatPlace(one as Place)} ${formatFinding(one)}`)).toEqual([
      'bus.yaml:1:1 TF102 file "bus.yaml": apiVersion must be "headwater.dev/v1", got "v1". Set apiVersion: headwater.dev/v1.',
      'bus.yaml:3:1 TF104 file "bus.yaml": name is given by metadata.name. Remove it.',
    ]);
    const [bus] = buses;
    expect(
      bus?.locate(checkEventBus(bus.spec)).map((one) => `${formatPlace(one as Place)} ${formatFinding(one)}`),
    ).toEqual([
      'bus.yaml:4:12 EB101 event bus "A_B": metadata.name must be lower-case letters, digits and -, as Kubernetes names objects, got "A_B". Correct the value.',
      'bus.yaml:7:1 EB101 event bus "A_B": replicas must be a whole number from 1 to 99, got 0. Correct the value.',
    ]);
  });

  it("declare a name once in a namespace", () => {
    const bus = (namespace: string) => `${HEAD}metadata: {name: default}\nnamespace: ${namespace}\ntype: native\n`;
    const { buses, findings } = read([bus("a"), bus("b"), bus("a")].join("---\n"));
    expect(buses).toHaveLength(2);
    expect(findings.map(formatFinding)).toEqual([
      'TF105 event bus "default": is declared more than once, first at bus.yaml:1:1. Remove one of the two, or give it another name or namespace.',
    ]);
  });

  it("may be modules", () => {
    const value = { type: "native", name: "default", version: "2.10.29", maxPayload: "2MiB" };
    const place = () => ({ file: "bus.ts" });
    expect(readEventBuses([{ file: "bus.ts", value, place, isProgram: true }]).buses).toHaveLength(1);
  });
});

it("gives an exotic bus its stream", () => {
  const stream = eventBusStream({
    type: "exotic",
    name: "bus",
    url: "nats://nats:4222",
    streamConfig: { maxAge: "168h", replicas: 3, duplicateWindow: "300s" },
    stream: { compression: "s2", maxBytes: "1024MiB" },
  });
  expect(stream).toEqual({
    name: "default",
    subjects: ["default.*.*"],
    maxAge: "7d",
    maxBytes: "1GiB",
    replicas: 3,
    duplicateWindow: "5m",
    compression: "s2",
  });
  expect(checkSpec("stream", stream)).toEqual([]);
});

describe("sensors", () => {
  const dependency = { name: "test-dep", eventSourceName: "webhook", eventName: "example" };

  it("depend on events", () => {
    expect(sensorDependency(dependency)).toEqual(dependency);
    expect(sensorDependency({ ...dependency, deliverPolicy: "all" })).toEqual({
      ...dependency,
      jetStream: { deliverPolicy: "all" },
    });
  });

  // What a sensor of Argo Events 1.9.10 made on nats-server 2.10.29.
  it("make a durable consumer for each dependency of a trigger", () => {
    const consumer = sensorConsumer({ sensor: "example", trigger: "http-trigger", dependency });
    expect(consumer).toEqual({
      kind: "pull",
      stream: "default",
      name: "group-1902664784",
      filterSubject: "default.webhook.example",
      deliverPolicy: "new",
      ackPolicy: "explicit",
      maxAckPending: 65_536,
    });
    expect(checkSpec("consumer", consumer)).toEqual([]);
    expect(sensorBucket("example")).toBe("example");
  });

  // As Argo Events 1.9.10 names them.
  it.each([
    ["webhook-sensor", "trigger-1", "dep", "group-3853835140"],
    ["a", "b", "c", "group-1486065419"],
    ["sensor", "größe", "dep.1", "group-2467144402"],
  ])("name the consumer of %s, %s, %s", (sensor, trigger, name, expected) => {
    expect(sensorConsumer({ sensor, trigger, dependency: { ...dependency, name } }).name).toBe(expected);
  });
});
