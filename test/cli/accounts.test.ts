import { folderWith, headwater } from "../support/cli";

const expires = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
const WAIVE = JSON.stringify([{ rule: "jetstream-retention-bounded", reason: "sized in May", expires }]);

const stream = (resource: string, spec: string, annotations = "") => `apiVersion: jetstream.nats.io/v1beta2
kind: Stream
metadata:
  name: ${resource}
  namespace: messaging
  annotations: {${annotations}}
spec: {name: ORDERS, subjects: [orders.>], storage: file, maxAge: 24h, ${spec}}
`;
const bus = (namespace: string, annotations = "") => `apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata: {name: default, namespace: ${namespace}, annotations: {${annotations}}}
spec: {jetstream: {version: 2.10.29, persistence: {volumeSize: 10Gi}}}
`;
const waive = (rule: string) => `headwater.dev/waive: '${WAIVE.replace("jetstream-retention-bounded", rule)}'`;

const files = {
  "apps.yaml": [
    stream("eu", "account: eu", waive("jetstream-retention-bounded")),
    stream("us", "account: us"),
    stream("hub", "servers: [nats://b:4222, nats://a:4222], jsDomain: hub, maxBytes: 1000"),
  ].join("---\n"),
  "buses.yaml": [bus("a", waive("jetstream-event-bus-stream-bounded")), bus("b")].join("---\n"),
};
const run = (...args: string[]) => headwater(args, { cwd: folderWith(files) });

it("judges accounts apart, though their assets have the same names and subjects", async () => {
  expect((await run("check", "apps.yaml")).stdout).toMatch(/^No problems in 3 streams, 1 file/);
});

it("waives what one account waives there alone, and says where", async () => {
  const { stdout } = await run("check", "apps.yaml", "--policies", "--preset", "prod", "--format", "json");
  const { findings, waived } = JSON.parse(stdout) as {
    findings: { rule: string; line: number }[];
    waived: { rule: string; line: number }[];
  };
  const of = (all: { rule: string; line: number }[]) =>
    all.filter(({ rule }) => rule === "jetstream-retention-bounded").map(({ line }) => line);
  expect(of(waived)).toEqual([7]);
  expect(of(findings)).toEqual([15]);
});

it("tells event buses of one name apart by their namespaces", async () => {
  const { stdout } = await run("check", "buses.yaml", "--policies", "--preset", "prod");
  expect(stdout).toContain('jetstream-event-bus-stream-bounded event bus "b/default"');
  expect(stdout).not.toContain(
    'jetstream-event-bus-stream-bounded event bus "a/default": streamConfig.maxBytes is not set: x',
  );
});

it.each(["plan", "apply"])("cannot %s two accounts in one go", async (command) => {
  const { code, stderr } = await run(command, "apps.yaml", "--server", "nats://127.0.0.1:1");
  expect(stderr).toBe(
    "headwater: The files declare assets of several accounts (messaging/eu; messaging/us; nats://a:4222,nats://b:4222, domain hub). Name the files of one account.\n",
  );
  expect(code).toBe(command === "plan" ? 1 : 2);
});
