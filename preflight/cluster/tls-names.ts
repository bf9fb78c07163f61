/** The versions that know a name; all supported ones where nothing is said. */
export interface Lives {
  readonly since?: string;
  readonly until?: string;
}

type Names = readonly (readonly [name: string, lives: Lives])[];

/** Cipher suites as `nats-server --help_tls` lists them. */
export const CIPHER_SUITES: Names = [
  ["TLS_AES_128_GCM_SHA256", {}],
  ["TLS_AES_256_GCM_SHA384", {}],
  ["TLS_CHACHA20_POLY1305_SHA256", {}],
  ["TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", {}],
  ["TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", {}],
  ["TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", {}],
  ["TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", {}],
  ["TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", {}],
  ["TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305", { until: "2.12.0" }],
  ["TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", { since: "2.12.0" }],
  ["TLS_ECDHE_ECDSA_WITH_RC4_128_SHA", {}],
  ["TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA", {}],
  ["TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", {}],
  ["TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", {}],
  ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", {}],
  ["TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", {}],
  ["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", {}],
  ["TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305", { until: "2.12.0" }],
  ["TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", { since: "2.12.0" }],
  ["TLS_ECDHE_RSA_WITH_RC4_128_SHA", {}],
  ["TLS_RSA_WITH_3DES_EDE_CBC_SHA", {}],
  ["TLS_RSA_WITH_AES_128_CBC_SHA", {}],
  ["TLS_RSA_WITH_AES_128_CBC_SHA256", {}],
  ["TLS_RSA_WITH_AES_128_GCM_SHA256", { since: "2.12.0" }],
  ["TLS_RSA_WITH_AES_256_CBC_SHA", {}],
  ["TLS_RSA_WITH_AES_256_GCM_SHA384", {}],
  ["TLS_RSA_WITH_RC4_128_SHA", {}],
];

/** Suites Go holds to be insecure: tls.InsecureCipherSuites. */
export const INSECURE_SUITES: readonly string[] = [
  "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
  "TLS_ECDHE_ECDSA_WITH_RC4_128_SHA",
  "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA",
  "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
  "TLS_ECDHE_RSA_WITH_RC4_128_SHA",
  "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
  "TLS_RSA_WITH_AES_128_CBC_SHA",
  "TLS_RSA_WITH_AES_128_CBC_SHA256",
  "TLS_RSA_WITH_AES_128_GCM_SHA256",
  "TLS_RSA_WITH_AES_256_CBC_SHA",
  "TLS_RSA_WITH_AES_256_GCM_SHA384",
  "TLS_RSA_WITH_RC4_128_SHA",
];

/** Elliptic curves as `nats-server --help_tls` lists them. */
export const CURVES: Names = [
  ["CurveP256", {}],
  ["CurveP384", {}],
  ["CurveP521", {}],
  ["X25519", {}],
  ["X25519MLKEM768", { since: "2.12.0" }],
  ["SecP256r1MLKEM768", { since: "2.15.0" }],
  ["SecP384r1MLKEM1024", { since: "2.15.0" }],
];
