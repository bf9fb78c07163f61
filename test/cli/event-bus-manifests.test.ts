import { folderWith, headwater } from "../support/cli";

const manifest = (spec: string) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: EventBus\nmetadata:\n  name: default\nspec:\n${spec}`;
const soon = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
const cwd = folderWith({
  "simplest.yaml": manifest("  jetstream:\n    version:\n      latest # Do NOT use\n"),
  "involved.yaml": manifest(`  jetstream:
    version: latest
    replicas: 5
    persistence:
        storageClassName: standard
        accessMode: ReadWriteOnce
        volumeSize: 10Gi
    streamConfig: |             # see default values
      maxAge: 24h
    settings: |
      max_file_store: 1GB       # see default values
    startArgs:
      - "-D"                    # debug-level logs
`),
  "exotic.yaml": manifest(`  jetstreamExotic:
    url: nats://xxxxx:xxx
    accessSecret:
      name: my-secret-name
      key: secret-key
    streamConfig: ""
`),
  "waived.yaml": manifest(
    "  jetstream: { version: latest, persistence: { volumeSize: 10Gi }, settings: 'max_file_store: 1GB' }\n",
  ).replace(
    "  name: default",
    `  name: default
  annotations: { headwater.dev/waive: '[{"rule":"jetstream-event-bus-version-pinned","reason":"a trial","expires":"${soon}"}]' }`,
  ),
});

async function check(line: string) {
  const { code, stdout } = await headwater(["check", ...line.split(" ")], { cwd });
  const said = [...stdout.matchAll(/^ {2}(EB\d+|jetstream-\S+) event bus "default": (\S+)/gm)];
  const heads = stdout.match(/ (error|warning)$/gm) ?? [];
  return [code, said.map(([, code, field]) => `${code} ${field}`), heads.filter((one) => one === " error").length];
}

const NOT_PINNED = "jetstream-event-bus-version-pinned version";
const UNBOUNDED = "jetstream-event-bus-stream-bounded streamConfig.maxBytes";
const NOT_KEPT = "jetstream-event-bus-persistence-set persistence";

it.each([
  ["simplest.yaml", [0, ["EB201 version", "EB203 persistence"], 0]],
  ["involved.yaml", [0, ["EB201 version"], 0]],
  ["exotic.yaml", [0, ["EB208 tls"], 0]],
])("judges %s without rules", async (file, expected) => expect(await check(file)).toEqual(expected));

it("refuses a version that is none outside dev, and says so once", async () => {
  expect(await check("involved.yaml --policies --preset dev")).toEqual([0, [NOT_PINNED, UNBOUNDED], 0]);
  expect(await check("involved.yaml --policies --preset staging")).toEqual([1, [NOT_PINNED, UNBOUNDED], 1]);
  expect(await check("involved.yaml --policies --preset prod")).toEqual([1, [NOT_PINNED, UNBOUNDED], 2]);
});

it("says of a bus without volumes once that nothing is kept", async () => {
  const [dev, prod] = [
    ["EB203 persistence", NOT_PINNED, UNBOUNDED],
    [NOT_PINNED, NOT_KEPT, UNBOUNDED],
  ];
  // The rule is disabled in dev.
  expect(await check("simplest.yaml --policies --preset dev")).toEqual([0, dev, 0]);
  expect(await check("simplest.yaml --policies --preset prod")).toEqual([1, prod, 3]);
});

it("judges a bus on servers that exist", async () => {
  const bounds = ["maxAge", "maxMsgs", "maxBytes", "replicas"];
  expect(await check("exotic.yaml --policies --preset prod")).toEqual([
    1,
    [...bounds.map((field) => `jetstream-event-bus-stream-bounded streamConfig.${field}`), "EB208 tls"],
    4,
  ]);
});

it("does not warn of what is waived", async () => {
  const { stdout } = await headwater(["check", "waived.yaml", "--policies", "--preset", "staging"], { cwd });
  expect(stdout).not.toContain("EB201");
  expect(stdout).toContain(", 1 waived in");
});
