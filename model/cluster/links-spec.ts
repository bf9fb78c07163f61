import { z } from "zod";
import type { DeepReadonly } from "../deep-readonly";
import { durationField, setField, subjectField } from "../fields";
import { secretSourceSchema } from "./secret-source";
import { tlsSideSchema } from "./tls-spec";

const text = (what: string) => z.string(`must be ${what}`).min(1, `must be ${what}`);
const urls = (schemes: string) =>
  z
    .array(
      z
        .string("must be a URL")
        .regex(new RegExp(`^(${schemes})://[^@\\s]+$`), `must be a URL (${schemes}) without a login`),
    )
    .min(1, "must name at least one URL");

/** Another cluster of a super-cluster. */
export const gatewayRemoteSchema = z.strictObject({
  /** Name of the other cluster. */
  name: text("the name of a cluster"),
  /** Where its gateways listen, `nats://HOST:7222`. */
  urls: urls("nats|tls"),
});

/** Gateways: this cluster as a part of a super-cluster. server/opts.go parseGateway. */
export const gatewaySchema = z.strictObject({
  /**
   * Address others reach this cluster's gateway at, `HOST:PORT`.
   * @default - each server's own
   */
  advertise: text("HOST:PORT").optional(),
  /**
   * The other clusters. This one may be among them.
   * @default - none
   */
  remotes: z.array(gatewayRemoteSchema).optional(),
});

/** A hub this cluster connects to as a leaf node. */
export const leafRemoteSchema = z.strictObject({
  /** Where the hub accepts leaf nodes, `nats-leaf://HOST:7422`. */
  urls: urls("nats-leaf|nats|tls|ws|wss"),
  /**
   * The local account that is connected.
   * @default - the global account; required where accounts are declared
   */
  account: text("the name of an account").optional(),
  /**
   * User to log in to the hub with.
   * @default - none
   */
  user: text("a name").optional(),
  /**
   * Password of that user.
   * @default - none
   */
  password: secretSourceSchema.optional(),
  /**
   * Credentials file to log in to the hub with: `{ secretName, key }` is mounted, `{ file }` is read by the server.
   * @default - none
   */
  credentials: secretSourceSchema.optional(),
  /**
   * TLS toward the hub; its certificate is shown where the hub asks for one.
   * @default - TLS where the URL says so, with the system's authorities
   */
  tls: tlsSideSchema.optional(),
  /**
   * Subjects not taken from the hub.
   * @default - none
   */
  denyImports: setField(subjectField()).optional(),
  /**
   * Subjects not sent to the hub.
   * @default - none
   */
  denyExports: setField(subjectField()).optional(),
});

/** Leaf nodes: those that connect here, and the hubs this cluster connects to. server/opts.go parseLeafNodes. */
export const leafNodesSchema = z.strictObject({
  /**
   * Accept leaf nodes.
   * @default false
   */
  listen: z.boolean().optional(),
  /**
   * Address leaf nodes are told, `HOST:PORT`.
   * @default - each server's own
   */
  advertise: text("HOST:PORT").optional(),
  /**
   * Hubs to connect to.
   * @default - none
   */
  remotes: z.array(leafRemoteSchema).optional(),
});

/** Clients over websocket. server/opts.go parseWebsocket. */
export const websocketSchema = z.strictObject({
  /**
   * Origins browsers may connect from.
   * @default - any
   */
  allowedOrigins: setField(text("an origin")).optional(),
  /**
   * Only the server's own host as origin.
   * @default false
   */
  sameOrigin: z.boolean().optional(),
  /**
   * Compress messages where the client can.
   * @default false
   */
  compression: z.boolean().optional(),
  /**
   * How long a handshake may take.
   * @default "2s"
   */
  handshakeTimeout: durationField("1ms").optional(),
});

export type GatewaySpec = DeepReadonly<z.infer<typeof gatewaySchema>>;
export type LeafNodesSpec = DeepReadonly<z.infer<typeof leafNodesSchema>>;
export type LeafRemoteSpec = DeepReadonly<z.infer<typeof leafRemoteSchema>>;
