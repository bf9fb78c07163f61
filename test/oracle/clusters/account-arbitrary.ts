import fc from "fast-check";
import { ROLES } from "../../../model/cluster/account-spec";
import { compact, seldom, sparse } from "../sparse";

type Any = fc.Arbitrary<unknown>;

export const ACCOUNTS = ["A", "B", "SYS"] as const;
const NKEYS = [
  "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4",
  "UC6NLCN7AS34YOJVCYD4PJ3QB7QGLYG5B5IMBT25VW5K4TNUJODM7BOX",
];
const secret = fc.constant({ value: "aaaaaaaabbbbbbbbccccccccdddddddd" });
const subject = fc.constantFrom("a", "a.b", "a.*", "a.>", "b.*.c", "*.x", ">");
const permitted = fc.oneof(
  { weight: 30, arbitrary: subject },
  { weight: 1, arbitrary: fc.constantFrom("a..b", "a b", ".a", "a.>.b", "a b c") },
);
const lists = sparse({ allow: fc.array(permitted, { maxLength: 2 }), deny: fc.array(permitted, { maxLength: 2 }) }, 2);

export const permissions: Any = sparse(
  {
    publish: lists,
    subscribe: lists,
    allowResponses: fc.record({ max: fc.constantFrom(-1, 0, 1, 5), expires: fc.constantFrom("0s", "1m", "2d") }),
  },
  2,
);

const plainUser = (name: string): Any =>
  fc
    .record({
      user: fc.constant(name),
      password: seldom(secret, 2),
      role: seldom(fc.constantFrom(...ROLES), 3),
      subjects: fc.constant(["a.>"]),
      consumers: fc.constant(["S/c", "T/*"]),
      inboxPrefix: seldom(fc.constantFrom("_INBOX_a", "in.a"), 5),
      allowedConnectionTypes: seldom(
        fc.constantFrom(["STANDARD"], ["WEBSOCKET", "MQTT"], ["LEAFNODE_WS", "MQTT_WS"], ["IN_PROCESS"], []),
        6,
      ),
      permissions: seldom(permissions, 3),
    })
    .map(({ permissions: own, ...user }) => compact({ ...user, ...(user.role === undefined && { permissions: own }) }));

const oddUser: Any = fc.constantFrom(
  { nkey: NKEYS[0] },
  { nkey: NKEYS[1] },
  { nkey: NKEYS[0], user: "a" },
  { nkey: NKEYS[0], password: { value: "x" } },
  { nkey: `${NKEYS[0]?.slice(0, 54)}AA` },
  { password: { value: "x" } },
  {},
);

const users = (account: string): Any =>
  fc
    .record({
      own: plainUser(`u${account}`),
      more: seldom(fc.constantFrom("uA", "uB", "extra").chain(plainUser), 6),
      odd: seldom(oddUser, 12),
    })
    .map(({ own, more, odd }) => [own, more, odd].filter((user) => user !== undefined));

const exported: Any = fc
  .record({
    kind: fc.constantFrom("stream", "service"),
    subject,
    accounts: seldom(fc.constantFrom(["A"], ["B"], ["A", "B"], ["NONE"], []), 4),
    responseType: seldom(fc.constantFrom("singleton", "stream", "chunked"), 5),
    responseThreshold: seldom(fc.constantFrom("1s", "2m"), 5),
    both: seldom(fc.constant(true), 30),
    wrong: seldom(fc.constant(true), 30),
  })
  .map(({ kind, subject: on, accounts, responseType, responseThreshold, both, wrong }) => {
    const answers = kind === "service" || wrong ? { responseType, responseThreshold } : {};
    return compact({ [kind]: on, ...(both && { stream: on, service: on }), accounts, ...answers });
  });

const imported = (others: readonly string[]): Any =>
  fc
    .record({
      kind: fc.constantFrom("stream", "service"),
      account: fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...others) }, fc.constant("NONE")),
      subject,
      to: seldom(fc.constantFrom("z", "z.$1", "z.*", "z.>", "z.*.$1", "z.{{wildcard(1)}}", "a.b"), 3),
      prefix: seldom(fc.constantFrom("p", "p.q", "p.*"), 5),
      both: seldom(fc.constant(true), 40),
    })
    .map(({ kind, account, subject: on, to, prefix, both }) => {
      const origin = { account, subject: on };
      const named = kind === "stream" && to === undefined ? { prefix } : { to };
      return compact({ [kind]: origin, ...(both && { stream: origin, service: origin }), ...named });
    });

const size = fc.constantFrom(-1, 0, 1024, "1GiB");
const limits = sparse(
  {
    maxMemory: size,
    maxFile: size,
    maxStreams: fc.constantFrom(-1, 0, 10),
    maxConsumers: fc.constantFrom(-1, 0, 10),
    maxAckPending: fc.constantFrom(-1, 0, 10),
    maxBytesRequired: fc.boolean(),
    memoryMaxStreamBytes: size,
    storeMaxStreamBytes: size,
    clusterTraffic: fc.constantFrom("system", "owner"),
  },
  4,
);

const account = (name: string): Any =>
  fc
    .record({
      jetstream: name === "SYS" ? fc.constant(undefined) : seldom(fc.oneof(fc.boolean(), limits), 2),
      users: seldom(users(name), 1),
      exports: seldom(fc.array(exported, { maxLength: 3 }), 2),
      imports: seldom(fc.array(imported(["A", "B"]), { minLength: 1, maxLength: 2 }), 4),
      limits: seldom(
        sparse(
          {
            maxConnections: fc.constantFrom(-1, 0, 5),
            maxSubscriptions: fc.constantFrom(-1, 0, 5),
            maxPayload: fc.constantFrom(-1, 0, "1MiB"),
            maxLeafNodes: fc.constantFrom(-1, 0, 5),
          },
          2,
        ),
        4,
      ),
      defaultPermissions: seldom(permissions, 5),
    })
    .map(compact);

/** Accounts by name, most of them sound. */
export const accounts: Any = fc
  .record({
    A: account("A"),
    B: seldom(account("B"), 2),
    SYS: seldom(account("SYS"), 2),
    $G: seldom(account("G"), 40),
  })
  .map(compact);
