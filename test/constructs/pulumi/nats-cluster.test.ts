import { Provider as Kubernetes } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as hw from "headwater";
import { plainTexts, type Registered, runWithMocks, unknownPaths } from "../../support/cluster-mocks";
import { bySecret, type Shape, shapes } from "../../support/nats-cluster-shapes";
import { valueAt } from "../../support/rendered-fields";

beforeAll(() => {
  jest.spyOn(pulumi.log, "warn").mockResolvedValue();
});

const kindOf = ({ type }: Registered) => type.split(/[:/]/).at(-1) as string;
const find = (all: readonly Registered[], name: string) => {
  const named = all.filter((each) => each.name === name);
  return named.find(({ read }) => !read) ?? named[0];
};
const make = (args: hw.NatsClusterArgs, opts?: pulumi.ComponentResourceOptions) => () =>
  new hw.NatsCluster("nats", args, opts);

describe.each(Object.entries(shapes))("%s", (_, { args, children, values = {}, inputs = {} }) => {
  let all: Registered[];
  beforeAll(async () => {
    all = await runWithMocks(make(args));
  });

  it("makes these children, each name of a kind once", () => {
    const made = all.filter(({ parent }) => parent === "nats");
    expect(made.map((each) => `${kindOf(each)} ${each.name}`).sort()).toEqual([...children].sort());
  });

  it("gives the chart its values, and the others what they need", () => {
    const given = find(all, "nats-chart")?.inputs.values;
    expect(Object.fromEntries(Object.keys(values).map((path) => [path, valueAt(given, path)]))).toEqual(values);
    const seen = Object.keys(inputs).map((key) => {
      const [name, path] = key.split(" ") as [string, string];
      return [key, valueAt(find(all, name)?.inputs, path)];
    });
    expect(Object.fromEntries(seen)).toEqual(inputs);
  });

  it("shows no secret", () => {
    for (const each of all) {
      const shown = plainTexts(each.sent).filter((text) => text.includes("SECRET"));
      expect([each.name, shown]).toEqual([each.name, []]);
    }
    const judged = ["nats-chart", "nats-change", "nats-members"].map((name) => find(all, name)?.inputs);
    expect(JSON.stringify(judged)).not.toContain("SECRET");
  });

  it("knows everything in the first preview but what is random", async () => {
    const preview = await runWithMocks(make(args), { preview: true });
    const random =
      /^(stringData|keys\.|metadata\.annotations\.headwater\.dev\/encryption-key$|authority(Certificate|Key)|nats:(ca|cert|key|password)$)/;
    const unknown = preview.flatMap(({ name, sent }) => unknownPaths(sent).map((path) => `${name} ${path}`));
    expect(unknown.filter((each) => !random.test(each.split(" ")[1] as string))).toEqual([]);
  });
});

describe("options of the component", () => {
  it("reach its children", async () => {
    const all = await runWithMocks(() => {
      const elsewhere = new Kubernetes("elsewhere", { context: "eu" });
      const renamed: pulumi.ResourceTransformation = ({ props, opts, name, type }) =>
        type === "kubernetes:core/v1:Namespace" ? { props: { ...props, note: name }, opts } : undefined;
      make(
        { jetstream: { encryption: {} } },
        { providers: { kubernetes: elsewhere }, protect: true, aliases: [{ name: "old" }], transformations: [renamed] },
      )();
    });
    const children = all.filter(({ parent }) => parent === "nats");
    expect(children.filter(({ protect }) => !protect)).toEqual([]);
    expect(find(all, "nats-namespace")?.inputs.note).toBe("nats-namespace");
    for (const child of children.filter(({ type }) => type.startsWith("kubernetes:")))
      expect(child.provider).toContain("::elsewhere::");
    for (const name of ["nats-encryption-key", "nats-change", "nats-members"])
      expect(find(all, name)?.provider).toContain("::nats-system::");
    expect(find(all, "nats")?.aliases).toEqual(["old"]);
  });

  it("keep two clusters apart", async () => {
    const all = await runWithMocks(() => ["eu", "us"].map((name) => new hw.NatsCluster(name, { size: 3 })));
    const urns = all.map(({ type, name }) => `${type} ${name}`);
    expect(new Set(urns).size).toBe(urns.length);
  });
});

describe("order", () => {
  const { args } = shapes["three with certificates and keys of their own"] as Shape;
  it.each([
    ["nats-secrets", "nats-change"],
    ["nats-chart", "nats-secrets"],
    ["nats-chart", "nats-client-tls"],
    ["nats-members", "nats-chart"],
    ["nats-APP", "nats-members"],
    ["nats-chart", "nats-change"],
  ])("%s waits for %s", async (later, earlier) => {
    expect(find(await runWithMocks(make(args)), later)?.dependsOn).toContain(earlier);
  });

  it("enlarges volumes once all servers are there", async () => {
    const { args } = shapes["volumes that have grown"] as Shape;
    const all = await runWithMocks(make(args));
    expect(find(all, "nats-volume-2")?.dependsOn).toContain("nats-members");
    expect(find(all, "nats-APP")?.dependsOn).toContain("nats-volume-2");
  });

  it("asks nobody for a resource the cluster does not need", async () => {
    expect(find(await runWithMocks(make({})), "nats-change")?.dependsOn).toEqual([]);
  });
});

describe("outputs", () => {
  const outputsOf = async (args: hw.NatsClusterArgs) => {
    let seen: unknown;
    await runWithMocks(async () => {
      const { url, ca, namespace, secretName, passwords } = make(args)();
      const all = [url, ca, namespace, secretName, passwords] as pulumi.Output<unknown>[];
      const values = await Promise.all(all.map((each) => new Promise((resolve) => each.apply(resolve))));
      const isSecret = await Promise.all(all.map((each) => pulumi.isSecret(each)));
      const keys = ["url", "ca", "namespace", "secretName", "passwords"];
      seen = { ...Object.fromEntries(keys.map((key, i) => [key, values[i]])), isSecret };
    });
    return seen;
  };

  it("say where it is", async () => {
    expect(await outputsOf({ name: "eu", tls: { client: { ownAuthority: true } } })).toEqual({
      url: "tls://eu.eu.svc.cluster.local:4222",
      ca: "authority nats-ca",
      namespace: "eu",
      secretName: "eu-secrets",
      passwords: {
        "APP/app": "SECRET password of nats-APP-app",
        "SYS/headwater": "SECRET password of nats-SYS-headwater",
      },
      isSecret: [false, false, false, false, true],
    });
  });

  it("have an issuer's authority, and passwords a program gave", async () => {
    const accounts = {
      A: {
        users: [
          { user: "a", password: bySecret },
          { user: "b", password: { value: "SECRET b" } },
        ],
      },
    };
    expect(await outputsOf({ accounts, tls: { client: { issuer: { name: "ca" } } } })).toMatchObject({
      ca: "issuer's authority",
      passwords: { "A/a": "SECRET given", "A/b": "SECRET b" },
      isSecret: [false, false, false, false, true],
    });
  });

  it("have the authority that is given", async () => {
    expect(await outputsOf({ ca: "PEM", tls: { client: { secretName: "mine" } } })).toMatchObject({ ca: "PEM" });
  });

  it("have a provider for the first account with somebody who manages streams", async () => {
    const users = (account: string, role: "planner" | "applier") => ({ users: [{ user: `${account}-${role}`, role }] });
    await runWithMocks(() => {
      const cluster = make({
        accounts: { A: users("A", "planner"), B: users("B", "applier"), C: users("C", "applier") },
      })();
      expect(Object.keys(cluster.providers)).toEqual(["B", "C"]);
      expect(cluster.provider).toBe(cluster.providers.B);
    });
    await runWithMocks(() => {
      expect(() => make({ accounts: { A: users("A", "planner") } })().provider).toThrow(
        'NatsCluster "nats": no account has a user that manages streams. Give one the role "applier", or set credentials.',
      );
    });
  });
});

describe("a cluster that cannot be", () => {
  const shape = (problem: string) => `CL101 cluster "nats": ${problem}. Correct the value.`;
  const remedy = 'Create a Secret and name it: { secretName: "…", key: "…" }.';
  it.each<[string, unknown, string]>([
    ["size", { size: "three" }, shape('size must be a whole number from 1 to 99, got "three"')],
    [
      "extra values",
      { kubernetes: { extraValues: { config: { cluster: { enabled: true } } } } },
      'RN103 cluster "nats": kubernetes.extraValues.config.cluster.enabled contradicts standalone. Set standalone alone, and remove this key.',
    ],
    [
      "a file",
      { accounts: { A: { users: [{ user: "a", password: { file: "a.txt" } }] } } },
      `RN101 cluster "nats": accounts.A.users[0].password is a file, and Kubernetes needs a key of a Secret. ${remedy}`,
    ],
    [
      "a certificate nobody has",
      { tls: { client: { secretName: "mine", verify: true } } },
      'NatsCluster "nats": tls.client asks for a certificate, and there is none to reach the servers with. Set clientCertificate.',
    ],
    ["accounts", { accounts: 5 }, shape("accounts must be a map, got 5")],
    ["an account", { accounts: { A: 5 } }, shape("accounts.A must be a map, got 5")],
    [
      "users",
      { accounts: { A: { users: "x" } } },
      shape("accounts.A.users must be a list, got a value that is not shown"),
    ],
    ["a user", { accounts: { A: { users: [5] } } }, shape("accounts.A.users[0] must be a map, got 5")],
    ["the system account", { accounts: { SYS: 5 } }, shape("accounts.SYS must be a map, got 5")],
    ["leaf nodes", { leafNodes: 5 }, shape("leafNodes must be a map, got 5")],
    ["remotes", { leafNodes: { remotes: 5 } }, shape("leafNodes.remotes must be a list, got 5")],
    ["a remote", { leafNodes: { remotes: [5] } }, shape("leafNodes.remotes[0] must be a map, got 5")],
    ["jetstream", { jetstream: 5 }, shape("jetstream must be a map, got 5")],
    ["encryption", { jetstream: { encryption: 5 } }, shape("jetstream.encryption must be a map, got 5")],
    ["tls", { tls: 5 }, shape("tls must be a map, got 5")],
    ["authorization", { authorization: 5 }, shape("authorization must be a map, got 5")],
    ["kubernetes", { kubernetes: 5 }, shape("kubernetes must be a map, got 5")],
    ["an unknown field", { sise: 3 }, 'CL101 cluster "nats": sise is not a known field. Did you mean size?'],
    [
      "a name",
      { name: "A" },
      'CL101 cluster "A": name must be 1 to 40 lower-case letters, digits and -, a letter first, got "A". Correct the value.',
    ],
  ])("is told in one sentence, and nothing is made: %s", async (_, args, message) => {
    let thrown: unknown;
    const all = await runWithMocks(() => {
      try {
        make(args as hw.NatsClusterArgs)();
      } catch (error) {
        thrown = error;
      }
    });
    expect(thrown).toBeInstanceOf(pulumi.RunError);
    expect((thrown as Error).message).toBe(message);
    expect(all.filter(({ parent }) => parent === "nats")).toEqual([]);
  });
});

describe("without @pulumi/kubernetes", () => {
  it("says what is missing, and makes nothing", async () => {
    jest.doMock("@pulumi/kubernetes", () => {
      throw Object.assign(new Error("Cannot find module '@pulumi/kubernetes'"), { code: "MODULE_NOT_FOUND" });
    });
    try {
      const all = await runWithMocks(() => {
        expect(make({})).toThrow(
          new pulumi.RunError(
            "NatsCluster needs @pulumi/kubernetes. Run `npm i @pulumi/kubernetes @kubernetes/client-node`.",
          ),
        );
      });
      expect(all.filter(({ parent }) => parent === "nats")).toEqual([]);
    } finally {
      jest.dontMock("@pulumi/kubernetes");
    }
  });
});
