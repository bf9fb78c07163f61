import { clusterNoDefaultAccount } from "../../../policies/rules/jetstream-cluster-no-default-account-in-production";
import { messages, UNKNOWN } from "../support/judge";

const of = (fields: object, config?: object) =>
  messages(clusterNoDefaultAccount, ({ cluster }) => Object.assign(cluster, fields), { config: config as never });
const FIX = "Declare an account for each team or application under accounts, or use an operator.";
const says = (text: string) => [`jetstream-cluster-no-default-account-in-production cluster "nats": ${text}. ${FIX}`];
const UNSET = says("accounts is not set: every client is in the global account");
const password = { env: "PASSWORD" };

it("accepts a cluster with accounts", () => expect(of({})).toEqual([]));

it.each([1, 3, 5])("reports %s servers without accounts", (size) => {
  expect(of({ size, accounts: undefined })).toEqual(UNSET);
  expect(of({ size, accounts: undefined, authorization: { user: "app", password } })).toEqual(UNSET);
});

it("reports the system account alone", () => {
  const text = says("accounts has the system account alone: every client is in the global account");
  expect(of({ accounts: { SYS: { users: [{ user: "admin", password }] } } })).toEqual(text);
  expect(of({ accounts: { ADMIN: {} }, systemAccount: "ADMIN" })).toEqual(text);
});

it("accepts an operator, and accounts in the servers' own words", () => {
  expect(of({ accounts: undefined, operator: { jwt: "eyJ.eyJ.sig" } })).toEqual([]);
  expect(of({ accounts: undefined, extraConfig: { accounts: { SHOP: { users: [] } } } })).toEqual([]);
  expect(of({ accounts: undefined, extraConfig: { accounts: { SYS: { users: [] } } } })).toEqual(UNSET);
});

it("says nothing of accounts that are not known yet", () => {
  expect(of({ accounts: UNKNOWN })).toEqual([]);
  expect(of({ accounts: { SHOP: UNKNOWN } })).toEqual([]);
  expect(of({ accounts: undefined, operator: UNKNOWN })).toEqual([]);
  expect(of({ accounts: undefined, tls: UNKNOWN })).toEqual(UNSET);
});

it("is off in dev and advisory in staging", () => {
  const { dev, staging, prod } = clusterNoDefaultAccount.levels;
  expect([dev, staging, prod]).toEqual(["disabled", "advisory", "mandatory"]);
});
