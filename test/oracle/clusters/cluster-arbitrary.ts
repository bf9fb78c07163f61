import fc from "fast-check";
import type { ClusterSpec } from "../../../model/cluster/cluster-spec";
import { compact, seldom, sparse } from "../sparse";
import { accounts } from "./account-arbitrary";
import { gateway, leafNodes, tls, websocket } from "./link-arbitrary";
import type { OperatorTokens } from "./operator-tokens";

type Any = fc.Arbitrary<unknown>;

const key = fc.constantFrom("abcdefghijklmnopqrstuvwxyz012345", "0e5", "$HOME", "true", 'a"b\\c d', "12345");
const secret = key.map((value) => ({ value }));
const bytes = fc.constantFrom(-1, 0, "1MiB", "1GiB");

const jetstream: Any = sparse(
  {
    volume: fc.constant({ size: "1GiB" }),
    maxFileStore: bytes,
    maxMemoryStore: bytes,
    syncInterval: fc.constantFrom("always", "1m", "7d", "0s"),
    domain: fc.oneof({ weight: 6, arbitrary: fc.constantFrom("hub", "a-b_c", "Ü") }, fc.constantFrom("a/b", "a\\b")),
    uniqueTag: fc.constantFrom("az:", "x"),
    limits: sparse(
      {
        maxAckPending: fc.constantFrom(0, 5),
        maxHaAssets: fc.constantFrom(0, 5),
        maxRequestBatch: fc.constantFrom(0, 5),
        duplicateWindow: fc.constantFrom("0s", "2d"),
      },
      2,
    ),
    strict: fc.boolean(),
    encryption: fc.record({ key: secret, cipher: fc.constantFrom("chacha", "aes"), previousKey: seldom(secret, 3) }),
  },
  4,
);

const authorization: Any = fc
  .record({
    user: seldom(fc.constantFrom("u", "12"), 1),
    password: seldom(secret, 1),
    token: seldom(secret, 8),
    timeout: seldom(fc.constantFrom("500ms", "90s"), 3),
  })
  .map(compact);

const operator = (tokens: OperatorTokens): Any =>
  fc
    .record({
      jwt: fc.constantFrom(tokens.naming, tokens.naming, tokens.naming, tokens.silent, tokens.system.jwt),
      systemAccount: fc.constantFrom(undefined, tokens.system.key, tokens.system.key, tokens.other.key),
      resolver: fc.oneof(
        { weight: 3, arbitrary: fc.constant(undefined) },
        fc.constant({ type: "memory" }),
        fc.record({ type: fc.constant("full"), fields: fullFields }).map(({ type, fields }) => ({ type, ...fields })),
        fc.record({ type: fc.constant("cache"), fields: cacheFields }).map(({ type, fields }) => ({ type, ...fields })),
      ),
      preload: fc.constantFrom(
        ...[
          [tokens.system],
          [tokens.system, tokens.other],
          [tokens.other],
          [{ ...tokens.system, jwt: tokens.other.jwt }],
        ],
        undefined,
      ),
    })
    .map(({ preload, ...rest }) =>
      compact({ ...rest, preload: preload && Object.fromEntries(preload.map(({ key: name, jwt }) => [name, jwt])) }),
    );

const fullFields = sparse(
  {
    allowDelete: fc.boolean(),
    hardDelete: fc.boolean(),
    interval: fc.constantFrom("1m", "1d"),
    limit: fc.constantFrom(1, 1000),
    timeout: fc.constantFrom("1s"),
    ttl: seldom(fc.constant("1h"), 4),
  },
  3,
);
const cacheFields = sparse(
  {
    ttl: fc.constantFrom("1h", "30d"),
    limit: fc.constantFrom(1, 1000),
    timeout: fc.constantFrom("1s"),
    allowDelete: seldom(fc.boolean(), 4),
    interval: seldom(fc.constant("1m"), 4),
  },
  3,
);

const servers: Any = sparse(
  {
    maxPayload: fc.constantFrom(0, 1000, "1MiB", "64MiB", -1),
    maxConnections: fc.constantFrom(1, 1000),
    maxPending: fc.constantFrom(0, "64MiB", "512KiB", -1),
    writeDeadline: fc.constantFrom("0s", "10s", "1d"),
    lameDuck: sparse(
      { duration: fc.constantFrom("30s", "29s", "2m", "0s"), gracePeriod: fc.constantFrom("10s", "30s", "1ms", "0s") },
      2,
    ),
    monitoring: fc.record({ https: fc.boolean() }),
    serverTags: fc.constantFrom(["az:1", "b"], ["A B"], []),
    ports: sparse(
      {
        client: fc.constantFrom(4222, 6222),
        websocket: fc.constantFrom(4222, 80),
        leafNodes: fc.constantFrom(8222, 7),
      },
      3,
    ),
  },
  7,
);

interface Shapes {
  readonly tokens: OperatorTokens;
}

/** A cluster: sound in about half of all cases. */
export function clusterArbitrary({ tokens }: Shapes): fc.Arbitrary<ClusterSpec> {
  const modes: fc.Arbitrary<readonly [object, readonly (string | undefined)[]]> = fc.oneof(
    { weight: 4, arbitrary: fc.constant([{}, [undefined]] as const) },
    { weight: 12, arbitrary: byAccounts },
    { weight: 3, arbitrary: authorization.map((one) => [{ authorization: one }, [undefined]] as const) },
    {
      weight: 3,
      arbitrary: operator(tokens).map((one) => [{ operator: one }, [tokens.other.key, tokens.other.key, "A"]] as const),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(authorization, accounts).map(([a, b]) => [{ authorization: a, accounts: b }, ["A"]] as const),
    },
  );
  return modes.chain(([mode, names]) =>
    fc
      .record({
        name: fc.constant("one"),
        size: fc.constantFrom(undefined, 1, 3),
        standalone: fc.constantFrom(undefined, undefined, false),
        jetstream: seldom(jetstream, 2),
        tls: seldom(tls, 3),
        gateway: seldom(gateway, 5),
        leafNodes: seldom(leafNodes(names), 4),
        websocket: seldom(websocket, 4),
        more: servers,
      })
      .map(({ more, ...rest }) => compact({ ...rest, ...(more as object), ...mode }) as unknown as ClusterSpec),
  );
}

const byAccounts = fc
  .record({
    accounts,
    systemAccount: seldom(fc.constantFrom("A", "SYS", "NONE", "$SYS"), 12),
    noAuthUser: seldom(fc.constantFrom("uA", "uA", "uA", "nobody"), 4),
  })
  .map((fields) => [compact(fields), ["A", "A", "B"]] as const);
