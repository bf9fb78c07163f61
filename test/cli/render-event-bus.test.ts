import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments, stringify } from "yaml";
import { folderWith, headwater } from "../support/cli";

const BUS = `apiVersion: headwater.dev/v1
kind: EventBus
metadata: { name: default }
type: native
version: 2.10.29
replicas: 5
persistence: { volumeSize: 20GiB }
settings: { maxFileStore: 16GiB }
streamConfig: { maxAge: 24h }
`;

async function render(after: string, before = BUS) {
  const cwd = folderWith({ "before.yaml": before, "after.yaml": after });
  const written = await headwater("render before.yaml --to event-bus --output deployed.yaml".split(" "), { cwd });
  expect(written.code).toBe(0);
  return headwater("render after.yaml --to event-bus --previous deployed.yaml".split(" "), { cwd });
}

it("renders what did not change, however it is written", async () => {
  const { code, stderr, stdout } = await render(BUS.replace("24h", "1d").replace("20GiB", "20480MiB"));
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("maxAge: 24h");
});

it("refuses what Argo's webhook refuses, with the way out", async () => {
  const { code, stderr, stdout } = await render(BUS.replace("24h", "48h"));
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(`after.yaml:9:17 error
  EB302 event bus "default": streamConfig.maxAge cannot change from "1d" to "2d": Argo refuses every change of the text of \`streamConfig\`, and never updates a stream that exists. Keep it, or change the stream itself with the nats tool.`);
});

it("refuses a hazard until the bus allows it", async () => {
  const fewer = BUS.replace("replicas: 5", "replicas: 3");
  const refused = await render(fewer);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain(
    'Where it is meant: allow: [{ code: "EB304", field: "replicas", to: 3, reason: "…" }].',
  );
  const allow = (to: number) =>
    `${fewer}allow: [{ code: EB304, field: replicas, to: ${to}, reason: peers are moved }]\n`;
  expect(await render(allow(3))).toMatchObject({ code: 0, stderr: "", stdout: expect.not.stringContaining("EB304") });
  expect((await render(allow(4))).code).toBe(1);
});

it("says what is wrong with what is allowed, as headwater check does", async () => {
  const wrong = `${BUS}allow: [{ code: EB302, field: streamConfig.maxAge, reason: x }, { code: EB304, field: replicas }]\n`;
  const { stderr, code } = await render(wrong);
  expect(code).toBe(1);
  const said = [
    'AK101 event bus "default": allow[0] names code "EB302", which is none of EB303, EB304, EB306, EB307. Correct it, or remove it: an acknowledgment holds for one edit.',
    'AK101 event bus "default": allow[1] has no reason. Correct it, or remove it: an acknowledgment holds for one edit.',
  ];
  for (const line of said) expect(stderr).toContain(line);
  const cwd = folderWith({ "bus.yaml": wrong });
  const { stdout } = await headwater(["check", "bus.yaml"], { cwd });
  for (const line of said) expect(stdout).toContain(line);
});

it("warns of a bus that goes with all it holds", async () => {
  const { code, stderr } = await render(BUS.replace("name: default", "name: other"));
  expect(code).toBe(0);
  expect(stderr).toContain(
    'EB308 event bus "default": is not declared any more: deleting it deletes its servers and their volumes, with all events and what sensors have read. Delete it when its events are read, or declare it again to keep it.',
  );
});

it("reads what is deployed: a list, with a namespace and what others added", async () => {
  const cwd = folderWith({ "bus.yaml": BUS, "next.yaml": BUS.replace("24h", "2d") });
  const { stdout } = await headwater("render bus.yaml --to event-bus".split(" "), { cwd });
  const items = parseAllDocuments(stdout).map((one) => {
    const { metadata, ...rest } = one.toJS();
    return { ...rest, metadata: { ...metadata, namespace: "argo", uid: "1" }, status: { conditions: [] } };
  });
  writeFileSync(join(cwd, "deployed.yaml"), stringify({ apiVersion: "v1", kind: "List", items }));
  const same = await headwater("render bus.yaml --to event-bus --previous deployed.yaml".split(" "), { cwd });
  expect(same).toMatchObject({ code: 0, stderr: "" });
  const next = await headwater("render next.yaml --to event-bus --previous deployed.yaml".split(" "), { cwd });
  expect(next).toMatchObject({ code: 1, stderr: expect.stringContaining("EB302") });
  const lost = await headwater("render next.yaml --to event-bus --previous none.yaml".split(" "), { cwd });
  expect(lost).toMatchObject({ code: 2, stderr: "headwater: --previous: cannot read none.yaml (ENOENT).\n" });
});
