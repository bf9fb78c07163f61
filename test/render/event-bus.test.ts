import fc from "fast-check";
import { parse } from "yaml";
import type { EventBusSpec, NativeEventBusSpec } from "../../model/event-bus/event-bus-spec";
import { normalizeEventBus } from "../../model/event-bus/normalize-event-bus";
import { formatFinding } from "../../model/finding";
import { yamlText } from "../../model/yaml-text";
import { checkEventBus } from "../../preflight/event-bus/check-event-bus";
import { serverSize, settingsText, streamConfigText } from "../../render/event-bus/argo-texts";
import { eventBusBudget } from "../../render/event-bus/event-bus-budget";
import { fromEventBus } from "../../render/event-bus/from-event-bus";
import { CONTROLLER_STREAM_CONFIG, mergeStreamConfig } from "../../render/event-bus/merge-stream-config";
import { readGoDuration, readServerSize } from "../../render/event-bus/read-argo-texts";
import { toEventBus } from "../../render/event-bus/to-event-bus";
import { goDuration } from "../../render/go-duration";

/** The involved example of Argo Events' documentation. */
const DOCUMENTED = `apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata:
  name: default
spec:
  jetstream:
    version: latest # Do NOT use "latest" but a specific version in your real deployment
    replicas: 5
    persistence: # optional
        storageClassName: standard
        accessMode: ReadWriteOnce
        volumeSize: 10Gi
    streamConfig: |             # see default values in argo-events-controller-config
      maxAge: 24h
    settings: |
      max_file_store: 1GB       # see default values in argo-events-controller-config
    startArgs:
      - "-D"                    # debug-level logs
`;
const EXAMPLE: NativeEventBusSpec = {
  type: "native",
  name: "default",
  version: "latest",
  replicas: 5,
  persistence: { storageClassName: "standard", accessMode: "ReadWriteOnce", volumeSize: "10GiB" },
  streamConfig: { maxAge: "24h" },
  settings: { maxFileStore: "1GiB" },
  startArgs: ["-D"],
};

describe("the documented example", () => {
  it("is rendered", () => {
    const documented = parse(DOCUMENTED);
    const { settings, ...rest } = documented.spec.jetstream;
    const rendered = toEventBus(EXAMPLE) as typeof documented;
    const { settings: own, ...ownRest } = rendered.spec.jetstream;
    expect(ownRest).toEqual(rest);
    expect(parse(own)).toEqual(parse(settings));
    expect({ ...rendered, spec: {} }).toEqual({ ...documented, spec: {} });
  });

  it("reads the same, byte for byte, whatever the order of the spec", () => {
    const shuffled = Object.fromEntries(Object.entries(EXAMPLE).reverse()) as unknown as NativeEventBusSpec;
    expect(yamlText(toEventBus(shuffled))).toBe(yamlText(toEventBus(EXAMPLE)));
    expect(yamlText(toEventBus({ ...EXAMPLE, streamConfig: { maxAge: "1d" } }))).toBe(yamlText(toEventBus(EXAMPLE)));
  });

  it("is read back", () => {
    const { declared, findings } = fromEventBus(parse(DOCUMENTED));
    expect(findings).toEqual([]);
    expect(normalizeEventBus(declared as EventBusSpec)).toEqual(normalizeEventBus(EXAMPLE));
  });
});

it("writes every field of the stream, in an order that never changes", () => {
  const every = {
    discard: "new",
    retention: "interest",
    duplicateWindow: "90s",
    replicas: 5,
    maxBytes: "1GiB",
    maxAge: "7d",
    maxMsgs: "9007199254740993",
  } as const;
  expect(streamConfigText(every)).toBe(
    "maxMsgs: 9007199254740993\nmaxAge: 168h\nmaxBytes: 1073741824\nreplicas: 5\nduplicates: 90s\nretention: 1\ndiscard: 1\n",
  );
});

it("tells a bus of one server one replica, for the controller's three would never be made", () => {
  const single = toEventBus({ type: "native", name: "a", version: "2.10.29", replicas: 1 });
  expect(single.spec).toEqual({ jetstream: { version: "2.10.29", replicas: 1, streamConfig: "replicas: 1\n" } });
});

it("writes settings as nats-server reads them", () => {
  expect(
    settingsText({ maxMemoryStore: -1, maxFileStore: "1.5GiB", syncInterval: "5m", maxOutstandingCatchup: "100B" }),
  ).toBe('max_memory_store: -1\nmax_file_store: 1536MB\nsync_interval: "5m"\nmax_outstanding_catchup: 100\n');
});

it("writes an exotic bus", () => {
  const bus = toEventBus({
    type: "exotic",
    name: "default",
    namespace: "argo",
    url: "nats://nats.messaging.svc:4222",
    accessSecret: { secretName: "bus-login", key: "login" },
    tls: { caCertSecret: { secretName: "nats-ca", key: "ca.crt" } },
    streamConfig: { replicas: 3 },
    stream: { maxAge: "1d", compression: "s2" },
    waive: [{ rule: "a-rule", reason: "agreed", expires: "2027-01-31" }],
  });
  expect(yamlText(bus)).toBe(`apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata:
  name: default
  namespace: argo
  annotations:
    headwater.dev/waive: '[{"rule":"a-rule","reason":"agreed","expires":"2027-01-31"}]'
spec:
  jetstreamExotic:
    url: nats://nats.messaging.svc:4222
    accessSecret:
      name: bus-login
      key: login
    streamConfig: |
      maxAge: 24h
      replicas: 3
    tls:
      caCertSecret:
        name: nats-ca
        key: ca.crt
`);
});

it("makes a disruption budget for the pods of several servers", () => {
  expect(eventBusBudget({ type: "native", name: "a", namespace: "argo", version: "2.10.29" })).toEqual({
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: "eventbus-a-js", namespace: "argo" },
    spec: {
      maxUnavailable: 1,
      selector: { matchLabels: { controller: "eventbus-controller", "eventbus-name": "a", "owner-name": "a" } },
    },
  });
  expect(eventBusBudget({ type: "native", name: "a", version: "2.10.29", replicas: 1 })).toBeUndefined();
});

// What the controller of Argo Events 1.9.10 wrote into the status of a bus with this text.
it("merges as the controller does", () => {
  expect(mergeStreamConfig(CONTROLLER_STREAM_CONFIG, "maxAge: 24h\nMAXMSGS: 5\n")).toEqual({
    discard: 0,
    duplicates: "300s",
    maxage: "24h",
    maxbytes: -1,
    maxmsgs: 5,
    replicas: 3,
    retention: 0,
  });
  expect(Object.keys(mergeStreamConfig())).toEqual(Object.keys(mergeStreamConfig()).sort());
});

it("reads durations of Go and sizes of nats-server", () => {
  expect(["1h30m", "168h", "1.5h", "300s", "1500", "7d", ""].map(readGoDuration)).toEqual([
    "90m",
    "7d",
    "90m",
    "5m",
    "1500ns",
    undefined,
    undefined,
  ]);
  expect(["1G", "1GB", "1GiB", "1Gi", "-1", "5", "1X", "1kb"].map(readServerSize)).toEqual([
    "1000000000B",
    "1GiB",
    "1GiB",
    "1GiB",
    -1,
    "5B",
    undefined,
    "1KiB",
  ]);
});

it("writes durations and sizes that read the same", () => {
  fc.assert(
    fc.property(fc.bigInt(0n, (1n << 63n) - 1n), (amount) => {
      expect(readGoDuration(goDuration(amount))).toBe(readGoDuration(amount === 0n ? "0s" : amount.toString()));
      expect(readServerSize(serverSize(`${amount}B` as "1B"))).toBe(readServerSize(amount.toString()));
    }),
  );
});

describe("reading EventBus objects", () => {
  const read = (spec: unknown, annotations?: Record<string, string>) =>
    fromEventBus({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "EventBus",
      metadata: { name: "default", ...(annotations && { annotations }) },
      spec,
    });

  it("says what it cannot read", () => {
    expect(read({ kafka: { url: "x" } }).declared).toBeUndefined();
    expect(read({ kafka: { url: "x" } }).findings.map(formatFinding)).toEqual([
      'EB401 event bus "default": spec has kafka, and neither jetstream nor jetstreamExotic. Nothing of it was judged.',
    ]);
    const odd = read(
      { jetstream: { version: "2.10.29", color: "red", streamConfig: "maxAge: 7d\n", settings: "limits {\n" } },
      { "headwater.dev/waive": "no json" },
    );
    expect(odd.findings.map(formatFinding)).toEqual([
      'EB403 event bus "default": metadata.annotations.headwater.dev/waive is no JSON. Nothing is waived by it.',
      'EB402 event bus "default": spec.jetstream.color is not known here. It is not judged, and lost where the bus is rendered anew.',
      'EB403 event bus "default": spec.jetstream.streamConfig has a line that is not read: "maxAge: 7d". It is not judged, and lost where the bus is rendered anew.',
      'EB403 event bus "default": spec.jetstream.settings has a line that is not read: "limits {". It is not judged, and lost where the bus is rendered anew.',
    ]);
    expect(odd.declared).toEqual({ type: "native", name: "default", version: "2.10.29" });
  });

  it("reads texts as Argo and nats-server do", () => {
    const { declared, findings } = read({
      jetstream: {
        version: "2.10.29",
        maxPayload: "1G",
        streamConfig: "MaxAge: '24h' # a day\n\n# none\nretention: 2",
        settings: "max_mem_store = 1G\nmax_file: 2GiB, // two\nsync_interval: 5m",
      },
    });
    expect(findings).toEqual([]);
    expect(declared).toMatchObject({
      maxPayload: "1000000000B",
      streamConfig: { maxAge: "1d", retention: "workqueue" },
      settings: { maxMemoryStore: "1000000000B", maxFileStore: "2GiB", syncInterval: "5000000s" },
    });
  });

  const amounts = fc.constantFrom("1GiB", "512MiB", "1000B", "3TiB") as fc.Arbitrary<"1GiB">;
  const times = fc.constantFrom("7d", "90m", "250ms", "1h") as fc.Arbitrary<"7d">;
  const words = fc.stringMatching(/^[a-z]{1,8}$/);
  const texts = fc.dictionary(words, fc.string(), { maxKeys: 2, noNullPrototype: true });
  const secret = fc.record({ secretName: words, key: words });
  const optional = { requiredKeys: [] };
  const config = fc.record(
    {
      maxMsgs: fc.integer({ min: -1 }),
      maxAge: times,
      maxBytes: amounts,
      replicas: fc.integer({ min: 1, max: 5 }),
      duplicateWindow: times,
      retention: fc.constantFrom("limits", "interest", "workqueue"),
      discard: fc.constantFrom("old", "new"),
    },
    optional,
  );
  const container = fc.record(
    {
      resources: fc.record({ limits: fc.constant({ cpu: "500m", memory: "1Gi" }) }),
      imagePullPolicy: fc.constantFrom("Always", "Never"),
      securityContext: fc.constant({ runAsNonRoot: true }),
    },
    optional,
  );
  const common = {
    name: words,
    namespace: words,
    labels: texts,
    annotations: texts,
    streamConfig: config,
    waive: fc.constant([{ rule: "a-rule", reason: "agreed", expires: "2027-01-31" }]),
  };
  const natives = fc.record(
    {
      type: fc.constant("native"),
      ...common,
      version: words,
      replicas: fc.constantFrom(1, 3, 5),
      persistence: fc.record(
        { storageClassName: words, accessMode: fc.constant("ReadWriteOnce"), volumeSize: amounts },
        optional,
      ),
      settings: fc.record(
        {
          maxMemoryStore: amounts,
          maxFileStore: fc.oneof(amounts, fc.constant(-1)),
          syncInterval: fc.oneof(times, fc.constant("always")),
          maxOutstandingCatchup: amounts,
        },
        optional,
      ),
      maxPayload: fc.constantFrom("2MiB", "1000B", 0),
      startArgs: fc.array(words),
      containerTemplate: container,
      reloaderContainerTemplate: container,
      metricsContainerTemplate: container,
      podLabels: texts,
      podAnnotations: texts,
      nodeSelector: texts,
      tolerations: fc.array(fc.record({ key: words, operator: fc.constant("Exists") })),
      affinity: fc.constant({ podAntiAffinity: {} }),
      securityContext: fc.constant({ fsGroup: 1000 }),
      imagePullSecrets: fc.array(words),
      priorityClassName: words,
      priority: fc.integer({ min: -5, max: 5 }),
      serviceAccountName: words,
    },
    { requiredKeys: ["type", "name", "version"] },
  );
  const exotics = fc.record(
    {
      type: fc.constant("exotic"),
      ...common,
      url: words,
      accessSecret: secret,
      tls: fc.record(
        {
          caCertSecret: secret,
          clientCertSecret: secret,
          clientKeySecret: secret,
          insecureSkipVerify: fc.boolean(),
          enabled: fc.boolean(),
        },
        optional,
      ),
    },
    { requiredKeys: ["type", "name", "url"] },
  );

  it("gives back what was written, through YAML, and the same bytes again", () => {
    fc.assert(
      fc.property(fc.oneof(natives, exotics) as fc.Arbitrary<unknown> as fc.Arbitrary<EventBusSpec>, (spec) => {
        expect(checkEventBus(spec)).toEqual([]);
        const text = yamlText(toEventBus(spec));
        const { declared, findings } = fromEventBus(parse(text));
        expect(findings).toEqual([]);
        expect(normalizeEventBus(declared as EventBusSpec)).toEqual(normalizeEventBus(spec));
        expect(yamlText(toEventBus(declared as EventBusSpec))).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});
