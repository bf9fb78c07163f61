import { z } from "zod";
import { secretKeySchema } from "../cluster/secret-source";
import type { DeepReadonly } from "../deep-readonly";
import { bytesField, durationField, int64Field, intField } from "../fields";
import { ownStreamSchema } from "../stream-spec";
import { waiversSchema } from "../waiver-schema";
import { busPodShape } from "./pod-spec";

const text = (what: string) => z.string(`must be ${what}`).min(1, `must be ${what}`);
const texts = () => z.record(z.string(), z.string("must be a text"));

/**
 * The stream `default`, in which the bus keeps its events, as Argo's clients make it where there is none; they never
 * update it. On a native bus nothing of it can be changed: Argo's webhook refuses.
 */
export const busStreamConfigSchema = z.strictObject({
  /**
   * Most messages; -1 is unlimited.
   * @default 50000
   */
  maxMsgs: int64Field(-1).optional(),
  /**
   * Oldest message kept; `"0s"` is unlimited, else at least 100 ms.
   * @default "7d"
   */
  maxAge: durationField("100ms").optional(),
  /**
   * Most bytes stored per replica; -1 is unlimited.
   * @default -1
   */
  maxBytes: bytesField().optional(),
  /**
   * Copies in the cluster, 1 to 5, at most as many as the bus has servers.
   * @default 3, or 1 on a bus of one server
   */
  replicas: intField(1, 5).optional(),
  /**
   * How long ids of events are remembered, so that an event published twice is stored once; at most `maxAge`.
   * @default "5m"
   */
  duplicateWindow: durationField("100ms").optional(),
  /**
   * What keeps an event: limits only, sensors that want it, or one acknowledgment. `workqueue` allows one sensor
   * dependency for each event, and no sensor of Argo Events up to 1.9.11 can read from it.
   * @default "limits"
   */
  retention: z.enum(["limits", "interest", "workqueue"]).optional(),
  /**
   * At a limit: delete old events, or refuse new ones.
   * @default "old"
   */
  discard: z.enum(["old", "new"]).optional(),
});

/**
 * JetStream of each server of a native bus. What is given replaces the controller's whole block, defaults included. A change
 * takes effect when pods are restarted, which Argo does not do.
 */
export const busSettingsSchema = z.strictObject({
  /**
   * Most memory a server uses for streams in memory; -1 is what it finds, up to 75 % of the memory.
   * @default - the controller's: -1; with other settings given, nats-server's
   */
  maxMemoryStore: bytesField().optional(),
  /**
   * Most file storage of a server; -1 is what it finds, up to 1 TiB. Belongs below the volume.
   * @default - the controller's: 1 TiB; with other settings given, nats-server's
   */
  maxFileStore: bytesField().optional(),
  /**
   * How often what is written is forced to the disk; `"always"` for every write. Since server 2.10.
   * @default "2m"
   */
  syncInterval: z.union([z.literal("always"), durationField("1ms")], 'must be a duration or "always"').optional(),
  /**
   * Most bytes under way to replicas that catch up. Since server 2.9.
   * @default "64MiB"
   */
  maxOutstandingCatchup: bytesField().optional(),
});

/** The volume of each server of a native bus. Nothing of it can be changed later: the volume claim templates are fixed. */
export const busPersistenceSchema = z.strictObject({
  /**
   * Storage class of the volume claims.
   * @default - the Kubernetes cluster's default class
   */
  storageClassName: text("the name of a storage class").optional(),
  /**
   * Access mode of the volume claims.
   * @default "ReadWriteOnce"
   */
  accessMode: z.enum(["ReadWriteOnce", "ReadWriteOncePod", "ReadWriteMany"]).optional(),
  /**
   * Size of each server's volume.
   * @default "20GiB"
   */
  volumeSize: bytesField().optional(),
});

const commonShape = {
  /** Name of the bus in Kubernetes. Event sources and sensors that name none use `default`. Cannot be changed. */
  name: z
    .string("must be a name")
    .max(253, "must be at most 253 characters")
    .regex(
      /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
      "must be lower-case letters, digits and -, as Kubernetes names objects",
    ),
  /**
   * Namespace of the bus; its event sources and sensors live in the same one.
   * @default - where the manifest is applied
   */
  namespace: z
    .string("must be a name")
    .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, "must be a name Kubernetes accepts")
    .optional(),
  /**
   * Labels of the EventBus object.
   * @default - none
   */
  labels: texts().optional(),
  /**
   * Annotations of the EventBus object.
   * @default - none
   */
  annotations: texts().optional(),
  /**
   * Configuration of the stream `default`.
   * @default - the controller's on a native bus, `retention` and `discard` alone on an exotic one
   */
  streamConfig: busStreamConfigSchema.optional(),
  /**
   * Policies that do not hold for the bus, why, and until when. Never reaches a server.
   * @default - none
   */
  waive: waiversSchema.optional(),
};

/** A bus whose servers Argo's controller runs. */
export const nativeEventBusSchema = z.strictObject({
  /** Argo runs the servers. Cannot be changed. */
  type: z.literal("native", 'must be "native" or "exotic"'),
  ...commonShape,
  /**
   * Version of nats-server, one of those the controller's configuration has: `latest`, 2.8.1, 2.8.1-alpine, 2.8.2,
   * 2.8.2-alpine, 2.9.1, 2.9.12, 2.9.16, 2.10.29. `latest` means another version after an update of the controller.
   */
  version: text("a version"),
  /**
   * Servers: 1, or 3 and more. A bus of one server cannot grow in place: what it stores would be lost.
   * @default 3
   */
  replicas: intField(1, 99).optional(),
  /**
   * The volume of each server.
   * @default - none: what is stored does not outlive a pod
   */
  persistence: busPersistenceSchema.optional(),
  /**
   * JetStream of each server.
   * @default - the controller's
   */
  settings: busSettingsSchema.optional(),
  /**
   * Largest message, at most 64 MiB; 0 means the default to nats-server, not "unlimited". Servers take a change over while
   * they run.
   * @default "1MiB"
   */
  maxPayload: bytesField(67_108_864n).optional(),
  /**
   * More arguments of nats-server, `["-D"]` for debug messages. Arguments win over the configuration.
   * @default - none
   */
  startArgs: z.array(text("an argument")).optional(),
  ...busPodShape,
});

/**
 * TLS of Argo's clients. They always demand TLS of the server; without this they check no certificate, and anybody can
 * pass for the server.
 */
export const busTlsSchema = z.strictObject({
  /**
   * Authorities the server's certificate is checked against, PEM.
   * @default - the system's authorities
   */
  caCertSecret: secretKeySchema.optional(),
  /**
   * Certificate of the clients, PEM. With `clientKeySecret`.
   * @default - none
   */
  clientCertSecret: secretKeySchema.optional(),
  /**
   * Key of the clients' certificate, PEM. With `clientCertSecret`.
   * @default - none
   */
  clientKeySecret: secretKeySchema.optional(),
  /**
   * Check no certificate; the other fields are not looked at.
   * @default false
   */
  insecureSkipVerify: z.boolean().optional(),
  /**
   * TLS with the system's authorities, where none of the Secrets is given.
   * @default false
   */
  enabled: z.boolean().optional(),
});

const { name: _name, subjects: _subjects, ...streamShape } = ownStreamSchema.shape;

/** What the stream `default` has beyond what Argo's `streamConfig` can say. */
export const busStreamSchema = z.strictObject(streamShape);

/** A bus on a JetStream that exists. */
export const exoticEventBusSchema = z.strictObject({
  /** The servers exist already. Cannot be changed. */
  type: z.literal("exotic", 'must be "native" or "exotic"'),
  ...commonShape,
  /**
   * Address of the servers, `nats://nats.messaging.svc:4222`; several are separated by commas. The servers must offer TLS:
   * Argo's clients connect to no others. No login belongs into it.
   */
  url: text("an address"),
  /**
   * Key of a Secret whose text is YAML: `username` and `password`, or `token`.
   * @default - no login
   */
  accessSecret: secretKeySchema.optional(),
  /**
   * TLS of Argo's clients.
   * @default - no certificate is checked
   */
  tls: busTlsSchema.optional(),
  /**
   * More of the stream `default`, where Headwater manages it. What `streamConfig` can say too is said in one of them.
   * @default - what `streamConfig` says
   */
  stream: busStreamSchema.optional(),
});

export const eventBusSchema = z.discriminatedUnion("type", [nativeEventBusSchema, exoticEventBusSchema]);

export type BusStreamConfigSpec = DeepReadonly<z.infer<typeof busStreamConfigSchema>>;
export type BusSettingsSpec = DeepReadonly<z.infer<typeof busSettingsSchema>>;
export type BusPersistenceSpec = DeepReadonly<z.infer<typeof busPersistenceSchema>>;
export type BusTlsSpec = DeepReadonly<z.infer<typeof busTlsSchema>>;
export type BusStreamSpec = DeepReadonly<z.infer<typeof busStreamSchema>>;

/** A bus whose servers Argo's controller runs. */
export type NativeEventBusSpec = DeepReadonly<z.infer<typeof nativeEventBusSchema>>;

/** A bus on a JetStream that exists. */
export type ExoticEventBusSpec = DeepReadonly<z.infer<typeof exoticEventBusSchema>>;

/** An event bus of Argo Events. */
export type EventBusSpec = NativeEventBusSpec | ExoticEventBusSpec;

/** Types an event bus while keeping its literal names: `defineEventBus({ type: "native", name: "default", … })`. */
export function defineEventBus<const T extends EventBusSpec>(bus: T): T {
  return bus;
}
