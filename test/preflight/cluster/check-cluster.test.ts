import { formatFinding } from "../../../model/finding";
import { checkCluster } from "../../../preflight/cluster/check-cluster";
import { preflightCluster } from "../../../preflight/cluster/preflight-cluster";

const said = (spec: unknown) => checkCluster(spec).map(formatFinding);
const users = (user: unknown) => ({ name: "nats", accounts: { A: { users: [user] } } });

describe("checkCluster", () => {
  it.each<readonly [string, unknown, string]>([
    ["a name", { size: 3 }, 'CL101 cluster "?": name is required. Set it.'],
    [
      "an unknown field",
      { name: "nats", sise: 3 },
      'CL101 cluster "nats": sise is not a known field. Did you mean size?',
    ],
    [
      "a field inside a map by name",
      users({ user: "u", permission: {} }),
      'CL101 cluster "nats": accounts.A.users[0].permission is not a known field. Did you mean permissions?',
    ],
    [
      "a field of one of two alternatives",
      { name: "nats", accounts: { A: { jetstream: { maxFiel: 1 } } } },
      'CL101 cluster "nats": accounts.A.jetstream.maxFiel is not a known field. Did you mean maxFile?',
    ],
    [
      "a type",
      { name: "nats", size: "3" },
      'CL101 cluster "nats": size must be a whole number from 1 to 99, got "3". Correct the value.',
    ],
    [
      "an amount",
      { name: "nats", jetstream: { volume: { size: "10Gi" } } },
      'CL101 cluster "nats": jetstream.volume.size must be whole bytes or an amount such as "10GiB" (KiB, MiB, GiB, TiB), got "10Gi". Correct the value.',
    ],
    [
      "a stream",
      { name: "nats", streams: {} },
      'CL102 cluster "nats": streams cannot be set on a cluster. Declare it in a document of kind Topology.',
    ],
  ])("reports %s", (_, spec, message) => expect(said(spec)).toEqual([message]));

  const SECRET = "hunter2hunter2";
  const SEED = `SU${"A".repeat(56)}`;

  it.each<readonly [string, unknown]>([
    ["a password that is a text", users({ user: "u", password: SECRET })],
    ["a misspelled field", users({ user: "u", pasword: SECRET })],
    ["a misspelled value", users({ user: "u", password: { valeu: SECRET } })],
    ["a value beside something else", users({ user: "u", password: { value: SECRET, key: 1 } })],
    ["a list of passwords", users({ user: "u", password: [SECRET] })],
    ["a user that is a text", users(`u:${SECRET}`)],
    ["users that are a text", { name: "nats", accounts: { A: { users: `u:${SECRET}` } } }],
    ["an account that is a text", { name: "nats", accounts: { A: SECRET } }],
    ["a login that is a text", { name: "nats", authorization: SECRET }],
    ["a key that is a text", { name: "nats", jetstream: { encryption: { key: SECRET } } }],
    ["encryption that is a text", { name: "nats", jetstream: { encryption: SECRET } }],
    ["a login in a URL", { name: "nats", leafNodes: { remotes: [{ urls: [`nats://u:${SECRET}@hub`] }] } }],
    [
      "credentials that are a text",
      { name: "nats", leafNodes: { remotes: [{ urls: ["nats://h"], credentials: SECRET }] } },
    ],
    ["a seed in place of a key", users({ nkey: SEED })],
    [
      "a seed as the name of a preloaded account",
      { name: "nats", operator: { jwt: "x", preload: { [SEED]: SECRET } } },
    ],
    ["a token that is no JWT", { name: "nats", operator: { jwt: SECRET } }],
  ])("never shows %s", (_, spec) => {
    const text = JSON.stringify(preflightCluster(spec as never));
    expect(text).toContain("CL101");
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(SEED);
  });

  it("never shows a secret of a spec whose shape is right", () => {
    const value = { value: SECRET };
    const spec = {
      name: "nats",
      jetstream: { encryption: { key: value, previousKey: value } },
      authorization: { user: "u", password: value, token: value },
      accounts: {
        A: {
          users: [
            { user: "u", password: value },
            { nkey: `U${"A".repeat(55)}`, password: value },
          ],
        },
      },
      leafNodes: { remotes: [{ urls: ["nats://h"], password: value }] },
    };
    const text = JSON.stringify(preflightCluster(spec));
    for (const code of ["CL209", "CL211", "CL213", "CL214", "CL251", "CL264", "CW114"]) expect(text).toContain(code);
    expect(text).not.toContain(SECRET);
  });
});
