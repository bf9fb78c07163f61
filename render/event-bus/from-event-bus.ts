import type { EventBusSpec } from "../../model/event-bus/event-bus-spec";
import type { Finding } from "../../model/finding";
import { parseQuantity } from "../../model/quantity";
import { formatBytes } from "../../model/units";
import { isEmpty, isObject, jsonOf } from "../../model/walk";
import type { KubernetesObject } from "../kubernetes/kubernetes-object";
import { plain } from "../plain";
import { readServerSize, readSettings, readStreamConfig } from "./read-argo-texts";
import { WAIVE_ANNOTATION } from "./to-event-bus";

/** What an EventBus object declares. */
export interface DeclaredEventBus {
  /** `undefined` for a bus that is none of JetStream. Its shape is judged by `checkEventBus`. */
  readonly declared?: EventBusSpec;
  /** What of the object could not be read. */
  readonly findings: readonly Finding[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads an EventBus object back; what `toEventBus` writes comes back as it was, in normal form. */
export function fromEventBus(object: KubernetesObject): DeclaredEventBus {
  const { metadata } = object;
  const spec = isObject(object.spec) ? object.spec : {};
  const report = reporter(metadata.name);
  const { [WAIVE_ANNOTATION]: waived, ...annotations } = metadata.annotations ?? {};
  const common = { name: metadata.name, namespace: metadata.namespace, labels: filled(metadata.labels) };
  const rest = { ...common, annotations: filled(annotations), waive: readWaivers(waived, report) };
  const { jetstream, jetstreamExotic } = spec;
  const bus = isObject(jetstream)
    ? { type: "native", ...rest, ...nativeBus(jetstream, report) }
    : isObject(jetstreamExotic)
      ? { type: "exotic", ...rest, ...exoticBus(jetstreamExotic, report) }
      : undefined;
  if (bus) return { declared: plain(bus) as unknown as EventBusSpec, findings: report.findings };
  const kinds = Object.keys(spec).join(", ") || "nothing";
  report.say("EB401", "spec", `has ${kinds}, and neither jetstream nor jetstreamExotic`, "Nothing of it was judged.");
  return { findings: report.findings };
}

interface Report {
  readonly findings: Finding[];
  readonly say: (code: string, field: string, problem: string, remedy: string) => void;
}

function reporter(name: string): Report {
  const findings: Finding[] = [];
  const say: Report["say"] = (code, field, problem, remedy) =>
    findings.push({ code, severity: "warning", kind: "event bus", name, field, problem, remedy });
  return { findings, say };
}

const filled = <T>(value: T): T | undefined => (isEmpty(value) ? undefined : value);

function readWaivers(text: string | undefined, report: Report): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    report.say("EB403", `metadata.annotations.${WAIVE_ANNOTATION}`, "is no JSON", "Nothing is waived by it.");
    return undefined;
  }
}

// Fields that are called the same here and there, and hold the same.
const SAME = [
  "version",
  "replicas",
  "startArgs",
  "containerTemplate",
  "reloaderContainerTemplate",
  "metricsContainerTemplate",
  "nodeSelector",
  "tolerations",
  "affinity",
  "securityContext",
  "priorityClassName",
  "priority",
  "serviceAccountName",
];
const NATIVE = [...SAME, "persistence", "streamConfig", "settings", "maxPayload", "metadata", "imagePullSecrets"];

function nativeBus(bus: Fields, report: Report): Fields {
  unread(bus, NATIVE, "spec.jetstream", report);
  const pods = isObject(bus.metadata) ? bus.metadata : {};
  const secrets = Array.isArray(bus.imagePullSecrets) ? bus.imagePullSecrets : [];
  return {
    ...Object.fromEntries(SAME.map((key) => [key, filled(bus[key])])),
    persistence: isObject(bus.persistence) ? volume(bus.persistence) : undefined,
    streamConfig: readText(bus, "streamConfig", "spec.jetstream", readStreamConfig, report),
    settings: readText(bus, "settings", "spec.jetstream", readSettings, report),
    maxPayload: bus.maxPayload === undefined ? undefined : (readServerSize(String(bus.maxPayload)) ?? bus.maxPayload),
    podLabels: filled(pods.labels),
    podAnnotations: filled(pods.annotations),
    imagePullSecrets: filled(secrets.map((secret: unknown) => (isObject(secret) ? secret.name : secret))),
  };
}

function volume({ storageClassName, accessMode, volumeSize }: Fields): Fields {
  const size = parseQuantity(volumeSize as string | number | undefined);
  return { storageClassName, accessMode, volumeSize: size === undefined ? volumeSize : formatBytes(size) };
}

const EXOTIC = ["url", "accessSecret", "streamConfig", "tls"];
const TLS_SECRETS = ["caCertSecret", "clientCertSecret", "clientKeySecret"];

function exoticBus(bus: Fields, report: Report): Fields {
  unread(bus, EXOTIC, "spec.jetstreamExotic", report);
  const tls = isObject(bus.tls) ? bus.tls : undefined;
  const secrets = tls && Object.fromEntries(TLS_SECRETS.map((key) => [key, secretKey(tls[key])]));
  return {
    url: bus.url,
    accessSecret: secretKey(bus.accessSecret),
    streamConfig: readText(bus, "streamConfig", "spec.jetstreamExotic", readStreamConfig, report),
    tls: tls && { ...tls, ...secrets },
  };
}

const secretKey = (value: unknown) => (isObject(value) ? { secretName: value.name, key: value.key } : value);

function unread(bus: Fields, known: readonly string[], path: string, report: Report): void {
  for (const key of Object.keys(bus).filter((each) => !known.includes(each)))
    report.say(
      "EB402",
      `${path}.${key}`,
      "is not known here",
      "It is not judged, and lost where the bus is rendered anew.",
    );
}

type Reader = (text: string) => { readonly value: Fields; readonly unread: readonly string[] };

function readText(bus: Fields, key: string, path: string, read: Reader, report: Report): Fields | undefined {
  const text = bus[key];
  if (typeof text !== "string") return text as undefined;
  const { value, unread: lines } = read(text);
  for (const line of lines) {
    const problem = `has a line that is not read: ${jsonOf(line)}`;
    report.say("EB403", `${path}.${key}`, problem, "It is not judged, and lost where the bus is rendered anew.");
  }
  return filled(value);
}
