import { formatFinding } from "../../model/finding";
import { readSettings } from "../../provider/settings";

const read = (keys: Record<string, string>) => readSettings((key) => keys[key.replace("nats:", "")]);
const servers = "nats://a:4222, nats://b:4222";

it("reads what is set and fills in the rest", () => {
  expect(read({ servers })).toEqual({
    findings: [],
    settings: {
      servers: ["nats://a:4222", "nats://b:4222"],
      name: "headwater",
      apiPrefix: "$JS.API",
      timeoutMs: 30_000,
      connectTimeoutMs: 10_000,
    },
  });
});

it.each([
  [{ domain: "hub" }, { apiPrefix: "$JS.hub.API" }],
  [{ apiPrefix: "JS.other" }, { apiPrefix: "JS.other" }],
  [
    { timeout: "250ms", connectTimeout: "1m" },
    { timeoutMs: 250, connectTimeoutMs: 60_000 },
  ],
  [
    { user: "u", password: "p" },
    { user: "u", password: "p" },
  ],
  [
    { jwt: "j", nkey: "n" },
    { jwt: "j", nkey: "n" },
  ],
  [
    { creds: "text", inboxPrefix: "_INBOX_x" },
    { creds: "text", inboxPrefix: "_INBOX_x" },
  ],
  [{ caFile: "/ca.pem", handshakeFirst: "true" }, { tls: { caFile: "/ca.pem", handshakeFirst: true } }],
  [{ tls: "true" }, { tls: {} }],
])("%p", (keys, settings) => expect(read({ servers, ...keys }).settings).toMatchObject(settings));

it.each([
  [{ servers: "" }, "nats:servers is not set"],
  [{ servers: "nats://u:p@a:4222" }, "nats:servers contains a user or password"],
  [{ servers: "u:p@a" }, "nats:servers contains a user or password"],
  [{ servers: "nats://u:pa/ss@a:4222" }, "nats:servers contains a user or password"],
  [{ timeout: "0s" }, 'nats:timeout must be a duration such as "30s", got "0s"'],
  [{ token: "t", user: "u" }, "nats:user, nats:token are all set"],
  [{ password: "p" }, "nats:password is set without a user"],
  [{ domain: "d", apiPrefix: "a" }, "nats:domain excludes nats:apiPrefix"],
  [{ timeout: "soon" }, 'nats:timeout must be a duration such as "30s", got "soon"'],
])("refuses %p", (keys, problem) => {
  const { settings, findings } = read({ servers, ...keys });
  expect(settings).toBeUndefined();
  expect(findings.map(formatFinding).join()).toContain(problem);
});
