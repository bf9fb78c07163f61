import type { EventBusSpec, ExoticEventBusSpec, NativeEventBusSpec } from "../../model/event-bus/event-bus-spec";
import { formatFinding } from "../../model/finding";
import { preflightEventBus } from "../../preflight/event-bus/preflight-event-bus";
import { preflightSensor } from "../../preflight/event-bus/preflight-sensor";
import { eventBusRules } from "../../preflight/event-bus/rules";

const NATIVE: NativeEventBusSpec = {
  type: "native",
  name: "default",
  version: "2.10.29",
  persistence: { volumeSize: "20GiB" },
  settings: { maxFileStore: "16GiB" },
};
const EXOTIC: ExoticEventBusSpec = {
  type: "exotic",
  name: "default",
  url: "nats://nats.messaging.svc:4222",
  tls: { caCertSecret: { secretName: "nats-ca", key: "ca.crt" } },
};
const native = (fields: Partial<NativeEventBusSpec>) => ({ ...NATIVE, ...fields });
const exotic = (fields: Partial<ExoticEventBusSpec>) => ({ ...EXOTIC, ...fields });
const said = (spec: unknown) => preflightEventBus(spec as EventBusSpec).map(formatFinding);

it("has nothing to say of sound buses", () => {
  expect(said(NATIVE)).toEqual([]);
  expect(said(EXOTIC)).toEqual([]);
  expect(said(native({ replicas: 1 }))).toEqual([]);
  expect(said(exotic({ stream: { compression: "s2", maxMsgsPerSubject: 10 } }))).toEqual([]);
});

const cases: readonly (readonly [name: string, spec: unknown, ...messages: string[]])[] = [
  [
    "an unknown field",
    native({ replica: 3 } as never),
    'EB101 event bus "default": replica is not a known field. Did you mean replicas?',
  ],
  ["no type", { name: "default", version: "2.10.29" }, 'EB101 event bus "default": type is required. Set it.'],
  [
    "a login in place of a Secret",
    exotic({ accessSecret: "nats:s3cr3t" as never }),
    'EB101 event bus "default": accessSecret must be a map, got a value that is not shown. Correct the value.',
  ],
  [
    "two servers",
    native({ replicas: 2, streamConfig: { replicas: 1 } }),
    'EB102 event bus "default": replicas is 2: Argo Events refuses it, and two servers have no majority when one is away. Set 1 or 3.',
  ],
  [
    "a long name",
    native({ name: "a".repeat(41) }),
    `EB103 event bus "${"a".repeat(41)}": name has 41 characters: pods named after it cannot be made above 40. Choose a shorter name without dots.`,
  ],
  [
    "a name with a dot",
    native({ name: "a.b" }),
    'EB103 event bus "a.b": name has a dot: no service can be named after it. Choose a shorter name without dots.',
  ],
  [
    "a name that is a number",
    native({ name: "10k" }),
    'EB104 event bus "10k": name is no text to nats-server\'s configuration, into which Argo Events writes it without quotes. Begin it with a letter.',
  ],
  [
    "an argument that ends the server",
    native({ startArgs: ["-D", "-v"] }),
    'EB105 event bus "default": startArgs[1] "-v" makes nats-server end at once. Remove it.',
  ],
  [
    "a setting of later versions",
    native({ version: "2.9.16", settings: { maxFileStore: "1GiB", syncInterval: "1m" } }),
    'EB106 event bus "default": settings.syncInterval is not known to nats-server 2.9.16, which does not start with it. Remove it, or use version 2.10.29.',
  ],
  [
    "a setting of version 2.9",
    native({ version: "2.8.2-alpine", settings: { maxFileStore: "1GiB", maxOutstandingCatchup: "32MiB" } }),
    'EB106 event bus "default": settings.maxOutstandingCatchup is not known to nats-server 2.8.2, which does not start with it. Remove it, or use version 2.10.29.',
  ],
  [
    "more copies than servers",
    native({ replicas: 1, streamConfig: { replicas: 3 } }),
    'EB107 event bus "default": streamConfig.replicas is 3 on a bus of 1 server: nats-server never makes the stream. Set at most 1.',
  ],
  [
    "ids that outlive events",
    native({ streamConfig: { maxAge: "1m" } }),
    'EB108 event bus "default": streamConfig.duplicateWindow is "5m" where none is set (5m), more than maxAge "1m": nats-server never makes the stream. Set it to "1m" or less.',
  ],
  [
    "a stream larger than its server",
    native({ streamConfig: { maxBytes: "17GiB" } }),
    'EB109 event bus "default": streamConfig.maxBytes is "17GiB", more than the "16GiB" of file storage of a server: nats-server never makes the stream. Lower it, or raise settings.maxFileStore.',
  ],
  [
    "one field said twice",
    exotic({ streamConfig: { replicas: 3 }, stream: { replicas: 1 } }),
    'EB110 event bus "default": stream.replicas is 1, and streamConfig.replicas is 3. Say it in one of the two.',
  ],
  [
    "a stream that does not answer",
    exotic({ stream: { noAck: true } }),
    'EB111 event bus "default": stream.noAck is true: event sources wait for an answer to every event, and fail without one. Remove it.',
  ],
  [
    "TLS that says nothing",
    exotic({ tls: {} }),
    "EB112 event bus \"default\": tls names no Secret: Argo Events' clients refuse it and never connect. Set caCertSecret, or enabled: true for the system's authorities.",
  ],
  [
    "a certificate without its key",
    exotic({ tls: { clientCertSecret: { secretName: "client", key: "tls.crt" } } }),
    'EB112 event bus "default": tls.clientKeySecret is missing: Argo Events\' clients refuse a certificate without its key and never connect. Set both, or neither.',
  ],
  [
    "what servers say to the stream",
    exotic({ stream: { allowMsgCounter: true, discard: "new" } }),
    'SP111 event bus "default": stream.allowMsgCounter excludes discard "new". Remove discard, or keep counters in a stream of their own.',
  ],
  [
    "latest",
    native({ version: "latest" }),
    'EB201 event bus "default": version is "latest": nats-server 2.10.29 today, another one after an update of the controller. Set "2.10.29".',
  ],
  [
    "a version the controller does not have",
    native({ version: "2.11.0" }),
    'EB202 event bus "default": version is "2.11.0", which the controller does not have unless its configuration was extended. Use one of 2.8.1, 2.8.1-alpine, 2.8.2, 2.8.2-alpine, 2.9.1, 2.9.12, 2.9.16, 2.10.29, or add it to argo-events-controller-config.',
  ],
  [
    "no volume",
    { type: "native", name: "default", version: "2.10.29" },
    'EB203 event bus "default": persistence is not set: events, and what sensors have read of them, are lost with the pods. Set persistence: {volumeSize: …}.',
  ],
  [
    "a store above the volume by default",
    { type: "native", name: "default", version: "2.10.29", persistence: {} },
    'EB204 event bus "default": settings.maxFileStore is the controller\'s "1TiB" where no settings are given, more than the volume of "20GiB": servers fail when it is full, before they refuse anything. Set it to 80 % of the volume.',
  ],
  [
    "a store above the volume",
    native({ settings: { maxFileStore: "21GiB" } }),
    'EB204 event bus "default": settings.maxFileStore is "21GiB", more than the volume of "20GiB": servers fail when it is full, before they refuse anything. Set it to 80 % of the volume.',
  ],
  [
    "arguments that contradict",
    native({ startArgs: ["--pass=s3cr3t"] }),
    'EB205 event bus "default": startArgs[0] "--pass" overrides what Argo Events configures, and its probes and clients rely on. Remove it.',
  ],
  [
    "a payload of 0",
    native({ maxPayload: 0 }),
    'EB206 event bus "default": maxPayload is 0, which nats-server reads as 1 MiB and not as unlimited. Set the largest event, at most 64MiB.',
  ],
  [
    "a work queue",
    native({ streamConfig: { retention: "workqueue" } }),
    'EB207 event bus "default": streamConfig.retention is "workqueue": sensors ask for new events only, which nats-server refuses there (10101), as it does a second trigger for one event (10100). Use "limits" or "interest".',
  ],
  [
    "no TLS",
    exotic({ tls: undefined }),
    'EB208 event bus "default": tls is not set: clients check no certificate, and send the login to whoever answers. Set tls: {caCertSecret: …}.',
  ],
  [
    "TLS without a check",
    exotic({ tls: { insecureSkipVerify: true } }),
    'EB208 event bus "default": tls.insecureSkipVerify is true: clients check no certificate, and send the login to whoever answers. Set tls: {caCertSecret: …}.',
  ],
  [
    "a login in the address",
    exotic({ url: "nats://argo:s3cr3t@nats:4222" }),
    'EB209 event bus "default": url has a login in it, which everybody sees who may read the bus. Move it into a Secret, and name that in accessSecret.',
  ],
  [
    "sensors that are forgotten",
    exotic({ stream: { consumerLimits: { inactiveThreshold: "1h" } } }),
    'EB210 event bus "default": stream.consumerLimits.inactiveThreshold is "1h": sensors that are away for longer lose their place, and the events meanwhile. Remove it.',
  ],
  [
    "events that are renamed",
    exotic({ stream: { subjectTransform: { src: "default.*.*", dest: "v1.{{wildcard(1)}}.{{wildcard(2)}}" } } }),
    'EB211 event bus "default": stream.subjectTransform renames events: sensors look for default.EVENTSOURCE.EVENT. Remove it, or keep the names.',
  ],
];

it.each(cases)("says of %s", (_, spec, ...messages) => expect(said(spec)).toEqual(messages));

it("shows no secret", () => {
  const all = cases.flatMap(([, spec]) => preflightEventBus(spec as EventBusSpec));
  expect(JSON.stringify(all)).not.toContain("s3cr3t");
});

it("has a rule for each message, and needs every one", () => {
  const codes = new Set(cases.flatMap(([, , ...messages]) => messages.map((message) => message.slice(0, 5))));
  for (const { code } of eventBusRules) expect(codes).toContain(code);
});

it("judges the rest where one value is not known yet", () => {
  const unknown = Symbol("not known");
  const isUnknown = (value: unknown) => value === unknown;
  const spec = exotic({ url: unknown as never, stream: { noAck: true } });
  expect(preflightEventBus(spec, { isUnknown }).map(({ code }) => code)).toEqual(["EB111"]);
});

it("says errors of sensors", () => {
  const dependencies = [
    { name: "a", eventSourceName: "webhook", eventName: "example", deliverPolicy: "all" as const },
    { name: "b", eventSourceName: "webhook", eventName: "*", deliverPolicy: "new" as const },
  ];
  expect(preflightSensor({ sensor: "a.b", dependencies }).map(formatFinding)).toEqual([
    'EB501 event bus "a.b": sensor is "a.b", which no key-value bucket can be named: the sensor keeps its state in one of its own name, and never starts. Use letters, digits and -.',
    'EB502 event bus "a.b": dependencies[0].deliverPolicy is "all": releases of Argo Events up to 1.9.11 do not have the field and always deliver new events. Leave it out, or use a release that has it.',
    'EB503 event bus "a.b": dependencies[1].eventName is "*": on a JetStream bus events are looked up by their exact name, and none is found. Name the event, one dependency for each.',
  ]);
});
