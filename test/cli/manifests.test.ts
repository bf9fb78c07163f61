import { readFileSync } from "node:fs";
import { join } from "node:path";
import { folderWith, headwater } from "../support/cli";

const release = readFileSync(join(__dirname, "../fixtures/manifests/release.yaml"), "utf8");
const stream = (fields: string) =>
  `apiVersion: jetstream.nats.io/v1beta2\nkind: Stream\nmetadata: { name: orders }\nspec:\n  name: ORDERS\n${fields}`;
const service = "apiVersion: v1\nkind: Service\nmetadata: { name: a }\n";
const cwd = folderWith({
  "release.yaml": release,
  "stream.yaml": stream("  subjects: [orders.>]\n  storage: file\n  replicas: 5\n"),
  "misread.yaml": stream("  subjects: [orders.>]\n  maxAge: forever\n"),
  "mixed.yaml": `${service}---\n${stream("  subjects: [orders.>]\n  storage: file\n")}---\napiVersion: headwater.dev/v1\nkind: Topology\nconsumers: [{ stream: ORDERS, name: a, kind: pull, filterSubject: bills.> }]\n`,
  "service.yaml": service,
  "mistyped.yaml": "apiVersion: headwater.dev/v2\nkind: Topology\nstreams: {}\n",
  "core.yaml": "apiVersion: v1\nkind: Topology\nstreams: {}\n",
  "other.yaml": "apiVersion: cluster.x-k8s.io/v1beta1\nkind: Cluster\nmetadata: { name: a }\n",
});
const run = async (line: string) => {
  const { code, stdout } = await headwater(line.split(" "), { cwd });
  return [code, ...stdout.split("\n").filter((one) => /^(\S+ (error|warning)$| {2}[A-Z]{2}\d{3} )/.test(one))];
};

it("judges NACK's resources beside the servers they are for, without policies", async () => {
  expect(await run("check stream.yaml release.yaml")).toEqual([
    1,
    "stream.yaml:8:3 error",
    '  CL301 stream "ORDERS": replicas 5 needs 5 servers, cluster "bus" has 3 servers. Lower replicas, or raise the size of the cluster.',
    "release.yaml:43:1 warning",
    '  CW104 cluster "bus": kubernetes.maxUnavailable 2 of 3 servers away leaves no majority: nothing is written meanwhile. Use at most 1.',
  ]);
});

it("judges manifests and documents of its own as one set", async () => {
  const [code, place, message] = await run("check mixed.yaml");
  expect([code, place]).toEqual([1, "mixed.yaml:15:13 error"]);
  expect(message).toContain('consumer "ORDERS/a": ');
});

it("names the place of a resource that cannot be read", async () => {
  expect((await run("check misread.yaml")).slice(0, 2)).toEqual([1, "misread.yaml:7:3 error"]);
});

it("passes over other kinds, and says where there is nothing else", async () => {
  const [code, place, message] = await run("check service.yaml");
  expect([code, place]).toEqual([0, "service.yaml warning"]);
  expect(message).toContain("MF102");
  expect(await run("check other.yaml")).toHaveLength(3);
});

it.each(["mistyped.yaml", "core.yaml"])("still says that an apiVersion is mistyped: %s", async (file) => {
  expect((await run(`check ${file}`))[2]).toContain("TF102");
});
