import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { folderWith, headwater } from "../support/cli";
import { unsettableConsumer, unsettableEdits, unsettableMessage } from "../support/unsettable-edits";

const HEAD = "apiVersion: headwater.dev/v1\n";
const topology = (stream: string) => `${HEAD}kind: Topology
streams:
  ORDERS: { subjects: [orders.>]${stream} }
consumers:
  - { stream: ORDERS, name: billing, kind: pull, ackPolicy: explicit }
`;
const cwd = folderWith({
  "topology.yaml": topology(""),
  "limited.yaml": topology(", maxMsgs: 10"),
  "allowed.yaml": topology(
    ", maxMsgs: 10, allow: [{ code: DL101, field: maxMsgs, to: 10, reason: the rest is archived }]",
  ),
  "wrong.yaml": topology(", subject: [x]"),
  "all.yaml": `${topology("")}---\n${HEAD}kind: Cluster\nmetadata: { name: eu }\n---
${HEAD}kind: EventBus\nmetadata: { name: default }\nnamespace: shop\ntype: exotic\nurl: nats://nats.nats:4222\n`,
});
const run = async (line: string) => headwater(line.split(" "), { cwd });
// biome-ignore lint/suspicious/noExplicitAny: manifests are looked into by path
const documents = (text: string): any[] => parseAllDocuments(text).map((document) => document.toJS());

describe("headwater render --to nack", () => {
  it("writes a resource for each asset, which edits nothing that was not judged", async () => {
    const { code, stdout, stderr } = await run("render topology.yaml --to nack --account eu --namespace shop");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const made = documents(stdout);
    expect(made.map(({ kind, metadata }) => [kind, metadata.namespace])).toEqual([
      ["Stream", "shop"],
      ["Consumer", "shop"],
    ]);
    expect(made[0].spec).toMatchObject({ name: "ORDERS", account: "eu", preventDelete: true, preventUpdate: true });
  });

  it("judges edits against what was rendered before", async () => {
    await run("render topology.yaml --to nack --output before.yaml");
    const refused = await run("render limited.yaml --to nack --previous before.yaml");
    expect(refused).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining('DL101 stream "ORDERS"') });
    const allowed = await run("render allowed.yaml --to nack --previous before.yaml");
    expect(allowed.code).toBe(0);
    const [stream] = documents(allowed.stdout);
    expect(stream.spec).toMatchObject({ maxMsgs: 10, preventUpdate: false });
    expect(allowed.stdout).not.toContain("archived");
    const always = await run("render limited.yaml --to nack --previous before.yaml --updates apply");
    expect(documents(always.stdout)[0].spec.preventUpdate).toBe(false);
  });

  it.each(unsettableEdits)("refuses an edit NACK does not make: $kind $from to $to", async (edit) => {
    const of = (fields: object) => {
      const asset = { ...(edit.kind === "consumer" && unsettableConsumer), ...fields };
      const section = { stream: { streams: { S: asset } }, consumer: { consumers: [asset] } }[edit.kind as "stream"];
      const set = section ?? { keyValues: { S: asset } };
      return JSON.stringify({ apiVersion: "headwater.dev/v1", kind: "Topology", external: { O: {}, S: {} }, ...set });
    };
    const folder = folderWith({ "from.json": of(edit.from), "to.json": of(edit.to) });
    const within = (line: string) => headwater(line.split(" "), { cwd: folder });
    expect(await within("render from.json --to nack --output before.yaml")).toMatchObject({ code: 0 });
    const { code, stdout, stderr } = await within("render to.json --to nack --previous before.yaml");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(unsettableMessage(edit));
  });

  it("takes what another asset implies for no edit", async () => {
    const folder = folderWith({
      "set.yaml": `${HEAD}kind: Topology
streams:
  ORIGIN: { allowDirect: true, consumerLimits: { maxAckPending: 50, inactiveThreshold: 1h } }
  COPY: { mirror: { name: ORIGIN } }
consumers:
  - { stream: ORIGIN, name: billing, kind: pull, ackPolicy: explicit }
`,
    });
    const within = (line: string) => headwater(line.split(" "), { cwd: folder });
    await within("render set.yaml --to nack --output before.yaml");
    const { code, stdout } = await within("render set.yaml --to nack --previous before.yaml");
    expect(code).toBe(0);
    expect(documents(stdout).map(({ spec }) => [spec.mirrorDirect, spec.maxAckPending, spec.preventUpdate])).toEqual([
      [undefined, undefined, false],
      [true, undefined, false],
      [undefined, 50, false],
    ]);
  });

  it("lets edits be acknowledged that another asset implies", async () => {
    const set = (limit: number, allow = "") => `${HEAD}kind: Topology
streams:
  ORDERS: { consumerLimits: { maxAckPending: ${limit} } }
consumers:
  - { stream: ORDERS, name: billing, kind: pull, ackPolicy: explicit${allow} }
`;
    const said = ", allow: [{ code: GD109, field: maxAckPending, to: 20, reason: agreed }]";
    const folder = folderWith({ "a.yaml": set(50), "b.yaml": set(20), "c.yaml": set(20, said) });
    const within = (line: string) => headwater(line.split(" "), { cwd: folder });
    await within("render a.yaml --to nack --output before.yaml");
    const refused = await within("render b.yaml --to nack --previous before.yaml");
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('GD109 consumer "ORDERS/billing"') });
    const { code, stdout } = await within("render c.yaml --to nack --previous before.yaml");
    expect(code).toBe(0);
    expect(documents(stdout)[1].spec).toMatchObject({ maxAckPending: 20, preventUpdate: false });
  });

  it("judges nothing beside another account, and says what goes whatever may be edited", async () => {
    await run("render topology.yaml --to nack --account eu --namespace eu --output eu.yaml");
    const other = await run("render limited.yaml --to nack --account eu --namespace us --previous eu.yaml");
    expect(other.code).toBe(0);
    expect(documents(other.stdout)[0].spec.preventUpdate).toBe(true);
    const dropped = readFileSync(join(cwd, "eu.yaml"), "utf8").replaceAll(
      "preventDelete: true",
      "preventDelete: false",
    );
    const folder = folderWith({ "eu.yaml": dropped, "topology.yaml": topology("") });
    for (const updates of ["guarded", "apply", "never"]) {
      const line = `render topology.yaml --to nack --account eu --namespace us --previous eu.yaml --updates ${updates}`;
      const { code, stderr } = await headwater(line.split(" "), { cwd: folder });
      expect(code).toBe(1);
      expect(stderr).toContain(
        'NK402 stream "ORDERS": metadata.name "eu/orders" -> "us/orders" makes another resource',
      );
    }
  });

  it("reads what it has written", async () => {
    await run("render topology.yaml --to nack --output manifest.yaml");
    const { code } = await run("render manifest.yaml --to cli --output from-nack");
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(join(cwd, "from-nack/streams/ORDERS.json"), "utf8"))).toMatchObject({
      name: "ORDERS",
      subjects: ["orders.>"],
    });
  });
});

it("renders files for the nats tool, and their commands", async () => {
  expect(await run("render topology.yaml --to cli --output cli")).toEqual({
    code: 0,
    stdout: "",
    stderr: "wrote cli/streams/ORDERS.json\nwrote cli/consumers/ORDERS/billing.json\nwrote cli/apply.sh\n",
  });
  expect(readFileSync(join(cwd, "cli/apply.sh"), "utf8")).toBe(`#!/bin/sh
set -e
cd "$(dirname "$0")"
nats stream add --config 'streams/ORDERS.json'
nats consumer add --config 'consumers/ORDERS/billing.json' -- 'ORDERS'
`);
  expect(readFileSync(join(cwd, "cli/streams/ORDERS.json"), "utf8")).toBe(`{
  "num_replicas": 1,
  "name": "ORDERS",
  "subjects": [
    "orders.>"
  ]
}
`);
});

describe("headwater render --to job", () => {
  const JOB = "render topology.yaml --to job --image headwater:1 --nats-server nats://a:4222,nats://b:4222";

  it("writes the objects of the job", async () => {
    const { code, stdout } = await run(
      `${JOB} --name shop --namespace shop --user ci --secret password=nats/ci --secret tls-ca=nats/ca.crt --owner shop/prod --prune`,
    );
    expect(code).toBe(0);
    const [account, config, job] = documents(stdout);
    expect([account.kind, config.kind, job.kind]).toEqual(["ServiceAccount", "ConfigMap", "Job"]);
    expect(job.spec.template.spec.containers[0].args).toEqual([
      "apply",
      "/etc/headwater/topology/topology.json",
      "--server",
      "nats://a:4222,nats://b:4222",
      "--user",
      "ci",
      "--password-file",
      "/etc/headwater/password/password",
      "--tls-ca",
      "/etc/headwater/tls-ca/tls-ca",
      "--owner",
      "shop/prod",
      "--prune",
      "--no-color",
    ]);
  });

  it("takes one secret of a kind", async () => {
    const line =
      "render topology.yaml --to job --image a:1 --nats-server nats://n:4222 --secret creds=a/b --secret creds=c/d";
    expect(await run(line)).toMatchObject({ code: 2, stderr: expect.stringContaining("There is a creds already.") });
  });

  it("says what is missing, and shows nothing that may be a secret", async () => {
    expect(await run("render topology.yaml --to job")).toEqual({
      code: 1,
      stdout: "",
      stderr: `error
  PJ101 provisioning job "headwater": image is required. Set it.
  PJ101 provisioning job "headwater": servers is required. Set it.
`.replace('\n  PJ101 provisioning job "headwater": servers', '\nerror\n  PJ101 provisioning job "headwater": servers'),
    });
    const { code, stderr } = await run(`${JOB} --secret hushhush`);
    expect(code).toBe(2);
    expect(stderr).toContain("Write WHAT=SECRET/KEY, such as creds=nats-deploy/deploy.creds");
  });
});

it("renders of a file what the target is for", async () => {
  const { stdout, code } = await run("render all.yaml --to event-bus");
  expect(code).toBe(0);
  expect(documents(stdout)).toMatchObject([
    { kind: "EventBus", metadata: { name: "default", namespace: "shop" }, spec: { jetstreamExotic: {} } },
  ]);
  expect(await run("render all.yaml --to conf")).toMatchObject({ code: 0 });
  expect(documents((await run("render all.yaml --to nack")).stdout)).toHaveLength(2);
});

it.each([
  ["topology.yaml --to event-bus", 2, "topology.yaml declares no event bus. Add a document with kind: EventBus."],
  ["wrong.yaml --to nack", 1, 'SP101 stream "ORDERS": subject is not a known field. Did you mean subjects?'],
  ["topology.yaml --to cli --namespace x", 2, "--namespace is not for --to cli."],
  ["topology.yaml --to job --hosts a", 2, "--hosts is not for --to job."],
  ["topology.yaml --to nack --previous none.yaml", 2, "--previous: cannot read none.yaml (ENOENT)."],
  ["topology.yaml --to cli", 2, "Name a folder with --output."],
])("render %s", async (line, code, message) => {
  expect(await run(`render ${line}`)).toMatchObject({ code, stdout: "", stderr: expect.stringContaining(message) });
});
