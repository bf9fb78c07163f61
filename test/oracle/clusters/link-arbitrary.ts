import fc from "fast-check";
import { compact, seldom, sparse } from "../sparse";

type Any = fc.Arbitrary<unknown>;

const SUITES = [
  "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
  "TLS_AES_256_GCM_SHA384",
  "TLS_RSA_WITH_AES_128_GCM_SHA256",
  "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305",
  "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
  "TLS_RSA_WITH_RC4_128_SHA",
  "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
  "TLS_RSA_WITH_AES_256_CBC_SHA",
  "TLS_NONE",
];
const CURVES = ["CurveP256", "X25519", "X25519MLKEM768", "SecP256r1MLKEM768", "P256"];
const FILES = { certFile: "cert.pem", keyFile: "key.pem", caFile: "ca.pem" };
const few = (from: readonly string[], sound: number) =>
  fc.oneof(
    { weight: 12, arbitrary: fc.array(fc.constantFrom(...from.slice(0, sound)), { minLength: 1, maxLength: 2 }) },
    { weight: 3, arbitrary: fc.array(fc.constantFrom(...from), { minLength: 1, maxLength: 2 }) },
    { weight: 1, arbitrary: fc.constant([]) },
  );

const side = (maps: boolean, first: boolean): Any =>
  sparse(
    {
      verify: fc.boolean(),
      ...(maps && { verifyAndMap: fc.boolean() }),
      timeout: fc.constantFrom("500ms", "2s", "0s"),
      minVersion: fc.constantFrom("1.2", "1.3"),
      cipherSuites: few(SUITES, 2),
      curvePreferences: few(CURVES, 2),
      ...(first && { handshakeFirst: fc.constantFrom(true, false, "auto") }),
    },
    4,
  ).map((fields) => ({ ...FILES, ...fields }));

/** TLS of any sides. */
export const tls: Any = fc
  .record({
    client: seldom(side(true, true), 2),
    cluster: seldom(side(false, false), 3),
    gateway: seldom(side(false, false), 3),
    leafNodes: seldom(side(true, true), 3),
    websocket: seldom(side(true, false), 3),
  })
  .map(compact);

const gatewayUrl = fc.constantFrom("nats://127.0.0.1:1", "tls://127.0.0.1:1", "nats://host.invalid");
const leafUrl = fc.constantFrom("nats-leaf://127.0.0.1:1", "tls://127.0.0.1:1", "nats://127.0.0.1");
const webUrl = fc.constantFrom("ws://127.0.0.1:1", "wss://127.0.0.1:1");
const badUrl = fc.constantFrom("nats://127.0.0.1:port", "nats://[::1", "nats://a:b:c");
const urls = (url: fc.Arbitrary<string>): Any =>
  fc.oneof(
    { weight: 20, arbitrary: fc.array(url, { minLength: 1, maxLength: 2 }) },
    { weight: 1, arbitrary: fc.array(fc.oneof(url, badUrl), { minLength: 1, maxLength: 2 }) },
  );
const leafUrls: Any = fc.oneof(
  { weight: 10, arbitrary: urls(leafUrl) },
  { weight: 4, arbitrary: urls(webUrl) },
  { weight: 1, arbitrary: fc.array(fc.oneof(leafUrl, webUrl), { minLength: 1, maxLength: 3 }) },
);

export const gateway: Any = fc
  .record({
    advertise: seldom(fc.constantFrom("127.0.0.1:1", "gateways.invalid:7222"), 5),
    remotes: seldom(
      fc.uniqueArray(fc.record({ name: fc.constantFrom("one", "two", "three"), urls: urls(gatewayUrl) }), {
        selector: ({ name }) => name,
        maxLength: 3,
      }),
      2,
    ),
  })
  .map(compact);

const login = fc.constantFrom(
  {},
  { user: "u", password: { value: "p:/@ ?" } },
  { user: "u" },
  { credentials: { file: "hub.creds" } },
);

/** Leaf nodes, both ways. `accounts` are those a remote may name. */
export const leafNodes = (accounts: readonly (string | undefined)[]): Any =>
  fc
    .record({
      listen: fc.boolean(),
      advertise: seldom(fc.constantFrom("127.0.0.1:1"), 5),
      remotes: seldom(
        fc.array(
          fc
            .record({
              urls: leafUrls,
              account: fc.oneof({ weight: 15, arbitrary: fc.constantFrom(...accounts) }, fc.constant("NONE")),
              login,
              tls: seldom(side(false, true), 5),
              denyImports: seldom(fc.constantFrom(["a"], ["a.*", "b.>"], []), 5),
              denyExports: seldom(fc.constantFrom(["a"], []), 5),
            })
            .map(({ login: own, ...remote }) => compact({ ...remote, ...own })),
          { maxLength: 3 },
        ),
        2,
      ),
    })
    .map(compact);

export const websocket: Any = sparse(
  {
    allowedOrigins: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(["https://a.example.com"], ["http://a:8080", "https://[::1]:1"], []) },
      fc.constantFrom(["a.example.com"], ["https://a:port"], ["https://"], ["ftp://a"]),
    ),
    sameOrigin: fc.boolean(),
    compression: fc.boolean(),
    handshakeTimeout: fc.constantFrom("1s", "0s"),
  },
  3,
);
