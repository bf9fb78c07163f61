import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "selfsigned";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { machinePlace, serverNames } from "../../render/files/conf-files";
import { natsConf } from "../../render/nats-conf";
import { natsConfig } from "../../render/nats-config";
import { folderWith } from "../support/cli";
import { clusterShapes } from "../support/cluster-shapes";
import { environmentOf, parsedConf } from "../support/conf-json";
import { configFields, valueAt } from "../support/rendered-fields";
import { NEWEST, OLDEST, testVersions } from "../support/versions";

const { natsServer } = require("../../tools/lib/nats-server") as { natsServer(version?: string): Promise<string> };

it.each(configFields)("%s: %j is read by the server", async (_, fields, path, value) => {
  const spec = { name: "eu", ...fields };
  const conf = natsConf(natsConfig(spec, machinePlace(spec, 0)));
  expect(valueAt(await parsedConf(conf, environmentOf(spec)), path)).toEqual(value);
});

const folder = folderWith({});
const at = (name: string) => join(folder, name);
const tls = { certFile: at("tls.crt"), keyFile: at("tls.key"), caFile: at("tls.crt") };
const shapes = clusterShapes({
  secret: (name) => ({ env: name }),
  credentials: { file: at("hub.creds") },
  tls,
});

beforeAll(async () => {
  const { cert, private: key } = await generate([{ name: "commonName", value: "localhost" }]);
  for (const [file, text] of [
    [tls.certFile, cert],
    [tls.keyFile, key],
    [at("hub.creds"), ""],
  ] as const)
    writeFileSync(file, text);
});

const cases = testVersions(NEWEST, OLDEST).flatMap((version) =>
  Object.keys(shapes).map((shape) => [version, shape] as const),
);

it.each(cases)("nats-server %s takes every server of: %s", async (version, shape) => {
  const spec = { ...shapes[shape], version } as ClusterSpec;
  const server = await natsServer(version);
  for (const [i, name] of serverNames(spec).entries()) {
    const place = machinePlace(spec, i, { storeDir: at(`${version}-${name}`) });
    const conf = natsConf(natsConfig(spec, { ...place, keyTags: true }));
    writeFileSync(at(`${name}.conf`), conf);
    const { stderr } = spawnSync(server, ["-t", "-c", at(`${name}.conf`)], {
      env: environmentOf(spec),
      encoding: "utf8",
    });
    expect(stderr).toMatch(/is valid/);
  }
});

it.each([
  "plain",
  'quotes " and \\ backslashes',
  "$2a$11$bcryptLooksLikeAVariable",
  "$VARIABLE",
  "123456",
  "4e2abc",
  "true",
  "# no comment // none",
  "línea\nnext\ttab",
  "<< $X >>",
])("a secret and a name %j stay what they are", async (text) => {
  const spec: ClusterSpec = { name: "eu", accounts: { A: { users: [{ user: text, password: { env: "P" } }] } } };
  const conf = natsConf(natsConfig(spec, machinePlace(spec, 0)));
  const parsed = await parsedConf(
    conf,
    environmentOf(spec, () => text),
  );
  expect(valueAt(parsed, "accounts.A.users.0")).toEqual({ user: text, password: text });
});

it("keeps keys that are no words", async () => {
  const accounts = { "a b": {}, "it's": {}, "1st": {}, include: {}, 'say "hi"': {} };
  const spec: ClusterSpec = { name: "eu", accounts };
  const parsed = await parsedConf(natsConf(natsConfig(spec, machinePlace(spec, 0))));
  expect(Object.keys(valueAt(parsed, "accounts") as object).sort()).toEqual(Object.keys(accounts).sort());
});
