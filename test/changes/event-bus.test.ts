import { describeEventBusChange, refusedEventBusEdits } from "../../changes/event-bus/event-bus-change";
import { planEventBusChange } from "../../changes/event-bus/plan-event-bus-change";
import {
  type EventBusSpec,
  type ExoticEventBusSpec,
  exoticEventBusSchema,
  type NativeEventBusSpec,
  nativeEventBusSchema,
} from "../../model/event-bus/event-bus-spec";
import { yamlText } from "../../model/yaml-text";
import { toEventBus } from "../../render/event-bus/to-event-bus";

const NATIVE: NativeEventBusSpec = {
  type: "native",
  name: "default",
  version: "2.9.16",
  persistence: { volumeSize: "20GiB" },
};
const EXOTIC: ExoticEventBusSpec = { type: "exotic", name: "default", url: "nats://nats:4222" };
const native = (fields: Partial<NativeEventBusSpec>) => ({ ...NATIVE, ...fields });
const exotic = (fields: Partial<ExoticEventBusSpec>) => ({ ...EXOTIC, ...fields });
const planned = (from: EventBusSpec, to: EventBusSpec) => planEventBusChange(from, to).map(describeEventBusChange);

const NEW_BUS =
  "Make a bus of another name beside it, move sensors to it first and event sources last, and remove this one when its events are read.";
const RESTART = "Restart the pods one by one: kubectl rollout restart statefulset/eventbus-default-js.";

const cases: readonly (readonly [what: string, from: EventBusSpec, to: EventBusSpec, ...messages: string[]])[] = [
  [
    "the type",
    NATIVE,
    EXOTIC,
    `EB301 event bus "default": type "native" -> "exotic". It is part of the bus's identity: Argo refuses another type, and another name or namespace is another bus. Keep it. ${NEW_BUS}`,
  ],
  [
    "the stream of a native bus",
    NATIVE,
    native({ streamConfig: { maxAge: "1d" } }),
    `EB302 event bus "default": streamConfig.maxAge not set -> "1d". Argo refuses every change of the text of \`streamConfig\`, and never updates a stream that exists. Keep it, or change the stream itself with the nats tool. ${NEW_BUS} A bus on servers of your own (type exotic) has a stream that can be changed.`,
  ],
  [
    "one server to three",
    native({ replicas: 1, streamConfig: { replicas: 1 } }),
    native({ replicas: 3, streamConfig: { replicas: 1 } }),
    `EB303 event bus "default": replicas 1 -> 3. A single server and a cluster do not become each other: what the bus stores would be lost. ${NEW_BUS}`,
  ],
  [
    "fewer servers",
    native({ replicas: 5 }),
    native({ replicas: 3 }),
    `EB304 event bus "default": replicas 5 -> 3. Servers are removed with the copies they hold: nobody moves them away first. Lower the stream's replicas and remove the peers with the nats tool and the login of the system account first, or keep them. ${NEW_BUS}`,
  ],
  [
    "no volume any more",
    NATIVE,
    native({ persistence: undefined }),
    `EB305 event bus "default": persistence. Volume claim templates are fixed: Kubernetes refuses it, and the controller makes no other edit until it is undone. Keep it. ${NEW_BUS}`,
  ],
  [
    "a larger volume of another class",
    NATIVE,
    native({ persistence: { volumeSize: "40GiB", storageClassName: "fast" } }),
    `EB305 event bus "default": persistence.storageClassName not set -> "fast". Volume claim templates are fixed: Kubernetes refuses it, and the controller makes no other edit until it is undone. Keep it. ${NEW_BUS}`,
    `EB305 event bus "default": persistence.volumeSize "20GiB" -> "40GiB". Volume claim templates are fixed: Kubernetes refuses it, and the controller makes no other edit until it is undone. Keep it: the template need not say what the volumes have. Volumes grow by their own claims, where the storage class allows it: kubectl patch pvc. ${NEW_BUS}`,
  ],
  [
    "an older version",
    native({ version: "latest" }),
    NATIVE,
    `EB306 event bus "default": version "latest" -> "2.9.16". An older nats-server may not read what a newer one stored. Keep it. ${NEW_BUS}`,
  ],
  [
    "other servers, without showing a login",
    exotic({ url: "nats://argo:s3cr3t@nats:4222" }),
    exotic({ url: "nats://other:4222" }),
    'EB307 event bus "default": url "nats://…@nats:4222" -> "nats://other:4222". Other servers have another stream: events that are not read yet, and what sensors have read, stay behind. Acknowledge it where it is another address of the same servers; else let sensors read what is there first.',
  ],
  [
    "settings, and what waits for them",
    NATIVE,
    native({ settings: { maxFileStore: "1GiB" }, maxPayload: "2MiB" }),
    `EB310 event bus "default": settings.maxFileStore not set -> "1GiB". Argo writes it into the configuration, and nats-server refuses to take it over while it runs, with every later edit of its configuration. ${RESTART}`,
    `EB310 event bus "default": maxPayload not set -> "2MiB". Argo writes it into the configuration, and nats-server refuses to take it over while it runs, with every later edit of its configuration. ${RESTART}`,
  ],
  [
    "more servers",
    NATIVE,
    native({ replicas: 5 }),
    'EB311 event bus "default": replicas 3 -> 5. Servers are added; streams stay where they are.',
  ],
  [
    "a newer version and another pod",
    NATIVE,
    native({ version: "2.10.29", priority: 5 }),
    'EB312 event bus "default": version "2.9.16" -> "2.10.29". The pods are restarted one by one.',
    'EB312 event bus "default": priority not set -> 5. The pods are restarted one by one.',
  ],
  [
    "the payload alone",
    NATIVE,
    native({ maxPayload: "2MiB" }),
    'EB313 event bus "default": maxPayload not set -> "2MiB". The servers take it over while they run.',
  ],
  [
    "the login of clients",
    EXOTIC,
    exotic({ accessSecret: { secretName: "a", key: "b" } }),
    'EB314 event bus "default": accessSecret. The EventBus object changes. Event sources and sensors take it over when their own controllers look at them again.',
  ],
  [
    "the stream of an exotic bus",
    EXOTIC,
    exotic({ streamConfig: { replicas: 3 } }),
    'EB315 event bus "default": streamConfig.replicas not set -> 3. Argo\'s clients never update a stream that exists; a stream that Headwater manages is changed by itself.',
  ],
];

it.each(cases.map(([what, from, to, ...messages]) => ({ what, from, to, messages })))(
  "says of $what",
  ({ from, to, messages }) => expect(planned(from, to)).toEqual(messages),
);

it("says how to keep the text of a bus that grows from one server", () => {
  const found = planEventBusChange(native({ replicas: 1 }), native({ replicas: 3 }));
  expect(found.map(({ code }) => code)).toEqual(["EB303", "EB302"]);
  expect(found[1]?.remedy).toContain("Set streamConfig: {replicas: 1} to keep the text as it was.");
});

it("is silent where two specs mean the same", () => {
  const same = native({
    replicas: 3,
    maxPayload: "1MiB",
    labels: {},
    startArgs: [],
    persistence: { volumeSize: "20480MiB", accessMode: "ReadWriteOnce" },
  });
  expect(planEventBusChange(NATIVE, same)).toEqual([]);
});

it("refuses what Argo and Kubernetes refuse, and hazards until they are acknowledged", () => {
  const changes = planEventBusChange(
    native({ replicas: 5 }),
    native({ replicas: 3, persistence: undefined, maxPayload: "2MiB" }),
  );
  expect(refusedEventBusEdits(changes).map(({ code }) => code)).toEqual(["EB304", "EB305"]);
  const allow = [
    { code: "EB304", field: "replicas", to: 3, reason: "peers are moved" },
    { code: "EB305", field: "persistence", reason: "no" },
  ];
  expect(refusedEventBusEdits(changes, allow).map(({ code }) => code)).toEqual(["EB305"]);
  const other = [{ code: "EB304", field: "replicas", to: 4, reason: "another edit" }];
  expect(refusedEventBusEdits(changes, other)).toHaveLength(2);
});

// Values that differ from those of the buses above, for every field there is.
const EDITS: Readonly<Record<string, unknown>> = {
  type: "other",
  name: "other",
  namespace: "other",
  labels: { a: "b" },
  annotations: { a: "b" },
  streamConfig: { maxMsgs: 1 },
  version: "2.10.29",
  replicas: 5,
  persistence: {},
  settings: { maxFileStore: "1GiB" },
  maxPayload: "2MiB",
  startArgs: ["-D"],
  containerTemplate: { imagePullPolicy: "Always" },
  reloaderContainerTemplate: { imagePullPolicy: "Always" },
  metricsContainerTemplate: { imagePullPolicy: "Always" },
  podLabels: { a: "b" },
  podAnnotations: { a: "b" },
  nodeSelector: { a: "b" },
  tolerations: [{ operator: "Exists" }],
  affinity: { podAntiAffinity: {} },
  securityContext: { fsGroup: 1 },
  imagePullSecrets: ["a"],
  priorityClassName: "a",
  priority: 1,
  serviceAccountName: "a",
  url: "nats://other:4222",
  accessSecret: { secretName: "a", key: "b" },
  tls: { enabled: true },
};
// Nothing of the bus changes with these: one is our own, the other the stream's.
const ASIDE = ["waive", "stream"];

describe.each<readonly [string, EventBusSpec, readonly string[]]>([
  ["native", native({ persistence: undefined }), Object.keys(nativeEventBusSchema.shape)],
  ["exotic", EXOTIC, Object.keys(exoticEventBusSchema.shape)],
])("a bus that is %s", (_, bus, fields) => {
  it.each(fields.filter((field) => !ASIDE.includes(field)))("has a change for an edit of %s", (field) => {
    const edited = { ...bus, [field]: EDITS[field] } as EventBusSpec;
    const found = planEventBusChange(bus, edited);
    expect(found.length).toBeGreaterThan(0);
    if (field !== "type") expect(yamlText(toEventBus(edited))).not.toBe(yamlText(toEventBus(bus)));
  });
});
