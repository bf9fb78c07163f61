import { clusterSecretsByReference } from "../../../policies/rules/jetstream-cluster-secrets-by-reference";
import { messages, UNKNOWN } from "../support/judge";

const of = (fields: object, config?: object) =>
  messages(clusterSecretsByReference, ({ cluster }) => Object.assign(cluster, fields), { config: config as never });
const says = (text: string) => `jetstream-cluster-secrets-by-reference cluster "nats": ${text}`;
const FIX = "Name where the secret is: { secretName, key }, { file } or { env }. Rotate the secret: it has been read.";
const typed = (field: string) => says(`${field} is written out: whoever reads this knows the secret. ${FIX}`);
const written = (field: string, remedy: string) =>
  says(
    `${field} is a secret written out, and would be written as it is, where others can read it. ${remedy} Rotate the secret: it has been read.`,
  );
const config = (field: string) => written(field, 'Name a variable of the servers: "<< $NAME >>".');
const chart = (field: string) => written(field, "Refer to a Secret of Kubernetes in its place.");
const SECRET = "hunter2-hunter2-hunter2-hunter2-hunter2";
const value = { value: SECRET };
const HASH = { value: "$2a$11$abcdefghijklmnopqrstuu" };

/** The messages, none of which shows the secret. */
function safely(fields: object, options?: object): string[] {
  const found = of(fields, options);
  expect(found.join("\n")).not.toContain("hunter2");
  return found;
}

it("accepts references", () => {
  expect(of({})).toEqual([]);
  expect(
    of({
      accounts: {
        A: {
          users: [
            { user: "a", password: { env: "A" } },
            { user: "b", password: { file: "b" } },
          ],
        },
      },
    }),
  ).toEqual([]);
});

it.each([
  ["jetstream.encryption.key", { jetstream: { encryption: { key: value } } }],
  ["jetstream.encryption.previousKey", { jetstream: { encryption: { key: { env: "K" }, previousKey: value } } }],
  ["authorization.password", { authorization: { user: "a", password: value } }],
  ["authorization.token", { authorization: { token: value } }],
  ["accounts.A.users[1].password", { accounts: { A: { users: [{ user: "a" }, { user: "b", password: value }] } } }],
  [
    "leafNodes.remotes[0].password",
    { leafNodes: { remotes: [{ urls: ["tls://hub:7422"], user: "a", password: value }] } },
  ],
  ["leafNodes.remotes[0].credentials", { leafNodes: { remotes: [{ urls: ["tls://hub:7422"], credentials: value }] } }],
])("reports %s written out, of one server and of five", (field, fields) => {
  for (const size of [1, 5]) expect(safely({ ...fields, size })).toEqual([typed(field)]);
});

it("reports secrets in the servers' own words", () => {
  const url = `nats://app:${SECRET}@hub:7422`;
  const extraConfig = {
    jetstream: { ek: SECRET },
    cluster: { authorization: { user: "route", password: SECRET } },
    leafnodes: { remotes: [{ url }] },
    mqtt: { token: "<< $TOKEN >>" },
  };
  expect(safely({ extraConfig })).toEqual([
    config("extraConfig.jetstream.ek"),
    config("extraConfig.cluster.authorization.password"),
    config("extraConfig.leafnodes.remotes[0].url"),
  ]);
});

it("reports secrets among the chart's values", () => {
  const extraValues = {
    config: {
      merge: { authorization: { token: SECRET } },
      cluster: { routeURLs: { user: "route", password: SECRET }, tls: { key: "tls.key" } },
    },
    container: {
      env: { JS_KEY: SECRET, OTHER_KEY: { valueFrom: { secretKeyRef: { name: "nats-keys", key: "jetstream" } } } },
    },
    natsBox: { contexts: { default: { nkey: { contents: SECRET } } } },
  };
  expect(safely({ kubernetes: { extraValues } })).toEqual([
    chart("kubernetes.extraValues.config.merge.authorization.token"),
    chart("kubernetes.extraValues.config.cluster.routeURLs.password"),
    chart("kubernetes.extraValues.container.env.JS_KEY"),
    chart("kubernetes.extraValues.natsBox.contexts.default.nkey.contents"),
  ]);
});

it("can accept hashes", () => {
  const fields = {
    accounts: { A: { users: [{ user: "a", password: HASH }] } },
    extraConfig: { authorization: { password: HASH.value } },
  };
  expect(of(fields)).toEqual([typed("accounts.A.users[0].password"), config("extraConfig.authorization.password")]);
  expect(of(fields, { hashes: true })).toEqual([]);
});

it("judges what is known beside what is not known yet", () => {
  expect(safely({ accounts: UNKNOWN, jetstream: { encryption: { key: value } } })).toHaveLength(1);
  const users = [
    { user: "a", password: UNKNOWN },
    { user: "b", password: value },
  ];
  expect(safely({ accounts: { A: { users } } })).toEqual([typed("accounts.A.users[1].password")]);
  expect(safely({ accounts: { A: { users: [{ user: "a", password: { value: UNKNOWN } }] } } })).toEqual([
    typed("accounts.A.users[0].password"),
  ]);
  expect(safely({ extraConfig: UNKNOWN, kubernetes: { namespace: UNKNOWN } })).toEqual([]);
});

it("cannot be waived", () => expect(clusterSecretsByReference.waivable).toBe(false));
