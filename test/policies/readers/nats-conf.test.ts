import { readNatsConf } from "../../../policies/readers/release/nats-conf";
import { isBare } from "../../../render/config-tree";
import { kubernetesPlace } from "../../../render/kubernetes/place";
import { secretRefsOf } from "../../../render/kubernetes/secret-refs";
import { natsConf } from "../../../render/nats-conf";
import { natsConfig } from "../../../render/nats-config";
import { clusterShapes } from "../../support/cluster-shapes";
import { parsedConf } from "../../support/conf-json";

const ENV = { SECRET: "word", SERVER_NAME: "nats-0" };

/** What is read, with variables of the environment replaced. */
function read(text: string): unknown {
  const found = readNatsConf(text);
  return "tree" in found ? plain(found.tree) : found;
}

function plain(value: unknown): unknown {
  if (isBare(value)) return (ENV as Record<string, string>)[value.bare.slice(1)] ?? value.bare;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}

const TEXTS: readonly string[] = [
  "",
  'a: 1\nb = two\nc three\n# note\n// note\nd: \'x y\'\ne: "q\\"\\t\\x41"\n',
  "a { b: 1, c: 2; d [1, 2\n3\n] }\ne {}\nf []\n",
  "a: 1k\nb: 1kb\nc: 8GiB\nd: 2M\ne: -1\nf: 1.5\ng: 10s\nh: 1_a\n",
  "a: true\nb: off\nc: YES\nd: nats://a:4222\n",
  "user: u\npass: $SECRET\n\"quoted key\": 1\n'other': 2\n",
  "port = 4222\nother = $port\nblock { port: 1, x: $port, y { z: $port } }\n",
  "p: $2a$11$abcdefghijklmnopqrstuu\n",
  '{\n  "a": 1,\n  "server_name": $SERVER_NAME,\n  "b": {"c": ["x", "y"]}\n}\n',
  "a: [\n  { b: 1 }\n  { b: 2 } # note\n]\n",
  "a: (\n one\n two\n)\n",
  "routes = [\n  nats-route://a:6222\n  nats-route://b:6222\n]\n",
  "a {\n b: 1 }\n",
];

it.each(TEXTS)("reads as the server's own parser does: %j", async (text) => {
  expect(read(text)).toEqual(await parsedConf(text, ENV));
});

it.each(["a: ", "a: [1", "a { b: 1", 'a: "x', "= 1\n", "a: 'x"])("says where %j cannot be read", (text) => {
  expect(readNatsConf(text)).toMatchObject({
    problem: expect.any(String),
    at: { line: 1, column: expect.any(Number) },
  });
});

const shapes = clusterShapes({
  secret: (name) => ({ secretName: "secrets", key: name }),
  credentials: { secretName: "secrets", key: "creds" },
  tls: { secretName: "tls" },
});

it.each(Object.entries(shapes))("reads what is rendered, with every reference: %s", async (_, spec) => {
  const text = natsConf(natsConfig(spec, kubernetesPlace(spec, secretRefsOf({ keyTags: { key: "headwater-key:0" } }))));
  const names = [...text.matchAll(/\$([A-Z]\w*)/g)].map(([, name]) => name as string);
  // With each variable as its own name, the server's parser and this one see the same.
  const env = Object.fromEntries(names.map((name) => [name, `"$${name}"`]));
  const found = readNatsConf(text);
  const bare = (value: unknown): unknown => {
    if (isBare(value)) return value.bare;
    if (Array.isArray(value)) return value.map(bare);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, bare(one)]));
  };
  expect("tree" in found && bare(found.tree)).toEqual(await parsedConf(text, env));
});

it("knows where everything stands", () => {
  const found = readNatsConf("a: 1\nb {\n  c: [\n    1\n    2\n  ]\n}\n");
  if (!("tree" in found)) throw new Error(found.problem);
  expect(found.place(["b", "c", 1])).toEqual({ line: 5, column: 5 });
  expect(found.place(["b", "c"])).toEqual({ line: 3, column: 3 });
  expect(found.place(["b", "absent"])).toEqual({ line: 2, column: 1 });
  expect(found.place(["absent"])).toEqual({ line: 1, column: 1 });
});

it("reads what is included, and says what is not there", () => {
  const files: Readonly<Record<string, string>> = { "./auth.conf": "user: app\n" };
  const text = "authorization {\n  include ./auth.conf\n}\ninclude other.conf;\n";
  expect(readNatsConf(text, (file) => files[file])).toMatchObject({
    tree: { authorization: { user: "app" } },
    missing: [{ file: "other.conf", at: { line: 4, column: 1 } }],
  });
});
