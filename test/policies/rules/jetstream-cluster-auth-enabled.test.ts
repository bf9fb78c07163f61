import { clusterAuthEnabled } from "../../../policies/rules/jetstream-cluster-auth-enabled";
import { messages, UNKNOWN } from "../support/judge";

const of = (fields: object, config?: object) =>
  messages(clusterAuthEnabled, ({ cluster }) => Object.assign(cluster, fields), { config: config as never });
const FIX = "Declare accounts with users that have a password, an nkey or a certificate, or use an operator.";
const says = (text: string) => `jetstream-cluster-auth-enabled cluster "nats": ${text}`;
const OPEN = says(`accounts is not set: everybody who reaches a server reads, writes and deletes everything. ${FIX}`);
const NO_USER = says(
  `accounts have no user outside the system account: everybody who reaches a server is let in, and uses the global account. ${FIX}`,
);
const password = { env: "PASSWORD" };

it("accepts accounts with users", () => expect(of({})).toEqual([]));

it.each([1, 3, 5])("reports %s servers without logins", (size) => {
  expect(of({ size, accounts: undefined })).toEqual([OPEN]);
});

it("accepts one login for everybody and an operator", () => {
  expect(of({ accounts: undefined, authorization: { user: "app", password } })).toEqual([]);
  expect(of({ accounts: undefined, operator: { jwt: "eyJ.eyJ.sig" } })).toEqual([]);
});

it("reports accounts that nobody logs in to", () => {
  expect(of({ accounts: { SHOP: {} } })).toEqual([NO_USER]);
  expect(of({ accounts: { SYS: { users: [{ user: "admin", password }] } } })).toEqual([NO_USER]);
  expect(of({ accounts: { SYS: { users: [{ user: "admin", password }] }, SHOP: {} } })).toEqual([]);
});

it("reports a guest", () => {
  const remedy = "Remove it, and give each client a user of its own.";
  expect(of({ noAuthUser: "deploy" })).toEqual([
    says(`noAuthUser lets everybody in who does not log in, as "deploy". ${remedy}`),
  ]);
  expect(of({ extraConfig: { websocket: { no_auth_user: "deploy" } } })).toEqual([
    says(`extraConfig.websocket.no_auth_user lets everybody in who does not log in, as "deploy". ${remedy}`),
  ]);
  const accounts = { SHOP: { users: [{ user: "guest" }] } };
  expect(of({ accounts, noAuthUser: "guest" })).toHaveLength(1);
});

it("reports a user that a name is enough for", () => {
  const accounts = { SHOP: { users: [{ user: "app" }] } };
  expect(of({ accounts })).toEqual([
    says(
      'accounts.SHOP.users[0] lets everybody in who says "app": it has no password. Set password or nkey, or tls.client.verifyAndMap for certificates.',
    ),
  ]);
  expect(of({ accounts: { SHOP: { users: [{ nkey: `U${"A".repeat(55)}` }] } } })).toEqual([]);
  expect(of({ accounts, tls: { client: { secretName: "t", verifyAndMap: true } } })).toEqual([]);
});

it("knows logins in the servers' own words", () => {
  const users = [{ user: "app", password: "<< $PASSWORD >>" }];
  expect(of({ accounts: undefined, extraConfig: { accounts: { SHOP: { users } } } })).toEqual([]);
  expect(of({ accounts: undefined, extraConfig: { authorization: { users } } })).toEqual([]);
  expect(of({ accounts: undefined, extraConfig: { authorization: { timeout: 2 } } })).toEqual([OPEN]);
});

it("knows who is left out in the servers' own words", () => {
  const users = [{ user: "app", password: "<< $PASSWORD >>" }];
  const added = (extraConfig: object) => of({ accounts: undefined, systemAccount: undefined, extraConfig });
  expect(added({ system_account: "OPS", accounts: { OPS: { users } } })).toEqual([OPEN]);
  expect(added({ system_account: "OPS", accounts: { OPS: { users }, SHOP: {} } })).toEqual([]);
  expect(added({ accounts: { OPS: { users } } })).toEqual([]);
  expect(added({ accounts: { SHOP: { users: [] } } })).toEqual([OPEN]);
  expect(added({ authorization: { users: [] } })).toEqual([OPEN]);
});

it("judges what is known beside what is not known yet", () => {
  expect(of({ accounts: UNKNOWN })).toEqual([]);
  expect(of({ accounts: UNKNOWN, noAuthUser: "deploy" })).toHaveLength(1);
  expect(
    of({ accounts: { SHOP: { users: [{ user: "a", password: { value: UNKNOWN } }, { user: "b" }] } } }),
  ).toHaveLength(1);
  expect(of({ accounts: { SHOP: { users: [{ user: "a", password: UNKNOWN }, { user: "b" }] } } })).toHaveLength(1);
  expect(of({ accounts: undefined, extraConfig: UNKNOWN })).toEqual([]);
});

it("never shows a password", () => {
  const users = [{ user: "app", password: { value: "hunter2-hunter2" } }, { user: "b" }];
  expect(of({ accounts: { SHOP: { users } }, noAuthUser: "app" }).join("\n")).not.toContain("hunter2");
});

it.each<[string, object, string]>([
  [
    "config.patch[1]",
    {
      config: {
        patch: [
          { op: "add", path: "/ping_interval", value: "1m" },
          { op: "add", path: "/no_auth_user", value: "deploy" },
        ],
      },
    },
    "logins",
  ],
])("reports %s, which nobody judges", (field, extraValues, what) => {
  expect(of({ kubernetes: { extraValues } })).toEqual([
    `jetstream-cluster-auth-enabled cluster "nats": kubernetes.extraValues.${field} changes ${what} in a way that is not judged. Say it in fields of the cluster, or in extraConfig.`,
  ]);
});
