import { z } from "zod";
import type { DeepReadonly } from "../deep-readonly";
import { durationField, setField } from "../fields";

const name = (what: string) => z.string(`must be ${what}`).min(1, `must be ${what}`);

/** The cert-manager issuer that signs a certificate. */
export const issuerSchema = z.strictObject({
  /** Name of the issuer. */
  name: name("the name of an issuer"),
  /**
   * `Issuer` of the namespace, or `ClusterIssuer`.
   * @default "Issuer"
   */
  kind: z.enum(["Issuer", "ClusterIssuer"]).optional(),
  /**
   * API group, for issuers that are not cert-manager's own.
   * @default "cert-manager.io"
   */
  group: name("an API group").optional(),
});

/** TLS of one side of the servers. Exactly one source of the certificate has to be given. server/opts.go parseTLS. */
export const tlsSideSchema = z.strictObject({
  /**
   * Kubernetes Secret of type `kubernetes.io/tls` with `tls.crt`, `tls.key` and `ca.crt`.
   * @default - another source
   */
  secretName: name("the name of a Secret").optional(),
  /**
   * Certificate file, PEM, with its chain. With `keyFile`: servers outside Kubernetes.
   * @default - another source
   */
  certFile: name("a path").optional(),
  /**
   * Key file of `certFile`, PEM.
   * @default - another source
   */
  keyFile: name("a path").optional(),
  /**
   * File of the authorities to trust, PEM; beside `certFile`.
   * @default - the system's authorities
   */
  caFile: name("a path").optional(),
  /**
   * cert-manager issuer: a Certificate is made beside the cluster.
   * @default - another source
   */
  issuer: issuerSchema.optional(),
  /**
   * A certificate of Headwater's own authority, made when the cluster is.
   * @default - another source
   */
  ownAuthority: z.literal(true, "must be true").optional(),
  /**
   * How long a certificate made here is valid; for `issuer` and `ownAuthority`, at least an hour.
   * @default "90d"
   */
  duration: durationField("1h").optional(),
  /**
   * How long before its end it is renewed; less than `duration`.
   * @default - a third of the duration
   */
  renewBefore: durationField("1m").optional(),
  /**
   * More names and addresses the certificate is for; the servers' own are there already.
   * @default - none
   */
  extraNames: setField(name("a DNS name or an address")).optional(),
  /**
   * Ask for a certificate of the other side, and check it. Always on between servers of a cluster and between gateways.
   * @default false
   */
  verify: z.boolean().optional(),
  /**
   * Like `verify`, and the certificate's e-mail address, DNS name or subject is the user. Clients, websocket and leaf nodes.
   * @default false
   */
  verifyAndMap: z.boolean().optional(),
  /**
   * How long a handshake may take.
   * @default "2s"
   */
  timeout: durationField("1ms").optional(),
  /**
   * Oldest version of TLS accepted.
   * @default "1.2"
   */
  minVersion: z.enum(["1.2", "1.3"]).optional(),
  /**
   * Cipher suites by their IANA names; TLS 1.2 only.
   * @default - the server's
   */
  cipherSuites: z.array(name("a cipher suite")).optional(),
  /**
   * Elliptic curves, best first.
   * @default - the server's
   */
  curvePreferences: z.array(name("a curve")).optional(),
  /**
   * TLS before the server's greeting: at once, or when the client begins. Clients (since 2.10.4) and leaf nodes (since 2.11).
   * @default false
   */
  handshakeFirst: z.union([z.boolean(), z.literal("auto")], 'must be true, false or "auto"').optional(),
});

export type TlsSide = DeepReadonly<z.infer<typeof tlsSideSchema>>;

/** TLS of each side that listens. A side that is not named talks in the clear. */
export const tlsSchema = z.strictObject({
  /**
   * Clients; also the monitoring port where `monitoring.https` is on.
   * @default - no TLS
   */
  client: tlsSideSchema.optional(),
  /**
   * Servers of the cluster among each other; always mutual.
   * @default - no TLS
   */
  cluster: tlsSideSchema.optional(),
  /**
   * Clusters among each other; always mutual.
   * @default - no TLS
   */
  gateway: tlsSideSchema.optional(),
  /**
   * Leaf nodes that connect to this cluster.
   * @default - no TLS
   */
  leafNodes: tlsSideSchema.optional(),
  /**
   * Websocket clients.
   * @default - no TLS
   */
  websocket: tlsSideSchema.optional(),
});

export type TlsSpec = DeepReadonly<z.infer<typeof tlsSchema>>;
export type TlsSideName = keyof TlsSpec;
