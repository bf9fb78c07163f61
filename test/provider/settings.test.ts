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
  [{ credsFile: "/user.creds" }, { credsFile: "/user.creds" }],
  [{ waitForServers: "3" }, { waitForServers: 3 }],
  [{ portForward: "messaging/nats:4222" }, { portForward: { namespace: "messaging", service: "nats", port: 4222 } }],
  [
    { portForward: "m/nats:4222", portForwardContext: "eu", portForwardKubeconfig: "/k" },
    { portForward: { namespace: "m", service: "nats", port: 4222, context: "eu", kubeconfig: "/k" } },
  ],
])("%p", (keys, settings) => expect(read({ servers, ...keys }).settings).toMatchObject(settings));

it("forwards nothing when told so", () => {
  expect(read({ servers, portForward: "false" }).settings).not.toHaveProperty("portForward");
});

it.each([
  [{ servers: "" }, "nats:servers is not set"],
  [{ servers: "nats://u:p@a:4222" }, "nats:servers contains a user or password"],
  [{ servers: "u:p@a" }, "nats:servers contains a user or password"],
  [{ servers: "nats://u:pa/ss@a:4222" }, "nats:servers contains a user or password"],
  [{ timeout: "0s" }, 'nats:timeout must be a duration such as "30s", got "0s"'],
  [{ token: "t", user: "u" }, "nats:user, nats:token are all set"],
  [{ password: "p" }, "nats:password is set without a user"],
  [{ domain: "d", apiPrefix: "a" }, "nats:domain excludes nats:apiPrefix"],
  [{ creds: "text", credsFile: "/user.creds" }, "nats:creds, nats:credsFile are all set"],
  [{ waitForServers: "0" }, 'nats:waitForServers must be a number of servers, got "0"'],
  [{ portForward: "nats:4222" }, 'nats:portForward must be "NAMESPACE/SERVICE:PORT" or "false", got "nats:4222"'],
  [{ portForward: "m/nats:0" }, 'nats:portForward must be "NAMESPACE/SERVICE:PORT" or "false", got "m/nats:0"'],
  [{ portForward: "m/nats:65536" }, 'nats:portForward must be "NAMESPACE/SERVICE:PORT" or "false", got "m/nats:65536"'],
  [{ timeout: "soon" }, 'nats:timeout must be a duration such as "30s", got "soon"'],
])("refuses %p", (keys, problem) => {
  const { settings, findings } = read({ servers, ...keys });
  expect(settings).toBeUndefined();
  expect(findings.map(formatFinding).join()).toContain(problem);
});
