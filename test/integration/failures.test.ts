import { jetstreamManager } from "@nats-io/jetstream";
import { createProject, failing, type Project, succeed } from "../support/engine";
import { type ServerOptions, startServer, type TestServer, withConnection } from "../support/nats";

const PASSWORD = "s3cret-pass-w0rd";
const STREAM = (args = "") => `
const hw = require("headwater");
new hw.Stream("ORDERS", { subjects: ["orders.>"], ${args} });
`;

interface Case {
  readonly what: string;
  readonly server?: ServerOptions;
  readonly config?: Readonly<Record<string, string>>;
  readonly program?: string;
  readonly before?: (url: string) => Promise<unknown>;
  /** The whole message, as a user reads it. */
  readonly says: RegExp;
}

const cases: readonly Case[] = [
  {
    what: "a wrong password",
    server: { config: `authorization { user: deploy, password: right }` },
    config: { "nats:user": "deploy", "nats:password": PASSWORD },
    says: /CN102 provider "nats:\/\/127\.0\.0\.1:\d+": the server refused the login \(".*"\)\. Check the user, password, token or key of the provider\./,
  },
  {
    what: "a wrong token",
    server: { config: `authorization { token: right }` },
    config: { "nats:token": PASSWORD },
    says: /CN102 provider .*: the server refused the login/,
  },
  {
    what: "an unreachable server",
    config: { "nats:servers": "nats://127.0.0.1:1", "nats:connectTimeout": "1s" },
    says: /CN101 provider "nats:\/\/127\.0\.0\.1:1": no server answered within 1 s \(".*"\)\. Check nats:servers and that the servers run; nats:connectTimeout waits longer\./,
  },
  {
    what: "no server set",
    config: { "nats:servers": "" },
    says: /CN100 provider "nats": nats:servers is not set\. Set it on the provider \(new Provider\(…, \{ servers \}\)\) or with `pulumi config set nats:servers nats:\/\/HOST:4222`\./,
  },
  {
    what: "a password in the server's URL",
    config: { "nats:servers": `nats://deploy:${PASSWORD.split("").reverse().join("")}@127.0.0.1:4222` },
    says: /CN100 provider "nats": nats:servers contains a user or password\. Move it to user and password, which are kept as secrets\./,
  },
  {
    what: "JetStream not enabled on the server",
    server: { jetstream: false },
    says: /CN104 provider .*: JetStream is not enabled here( \(.*\))?\. Enable it on the servers and for this account; check nats:domain if the account uses one\./,
  },
  {
    what: "JetStream not enabled for the account",
    server: { config: `accounts { APP { users: [{ user: deploy, password: ${PASSWORD} }] } }` },
    config: { "nats:user": "deploy", "nats:password": PASSWORD },
    says: /CN104 provider .*: JetStream is not enabled here \(".*", 10039\)\./,
  },
  {
    what: "three replicas on one server",
    program: STREAM("replicas: 3"),
    says: /SV102 stream "ORDERS": the server refused it \("replicas > 1 not supported in non-clustered mode", 10074\)\. Set replicas to 1, or use a cluster of at least that many servers\./,
  },
  {
    what: "a full account",
    server: {
      config: `accounts { APP { jetstream { max_store: 1000000 }, users: [{ user: deploy, password: ${PASSWORD} }] } }`,
    },
    config: { "nats:user": "deploy", "nats:password": PASSWORD },
    program: STREAM('maxBytes: "1GiB"'),
    says: /SV102 stream "ORDERS": the server refused it \("insufficient storage resources available", 10047\)\. Raise the limit of the account or server, or lower what the asset asks for\./,
  },
  {
    what: "subjects of a stream that is not in the program",
    before: (url) =>
      withConnection(url, async (nc) =>
        (await jetstreamManager(nc)).streams.add({ name: "LEGACY", subjects: ["orders.old"] }),
      ),
    says: /SV102 stream "ORDERS": the server refused it: stream "LEGACY" \("subjects overlap with an existing stream", 10065\)\. Let one stream own the subject/,
  },
  {
    what: "an unknown field",
    program: STREAM("retentoin: 'limits'"),
    says: /SP101 stream "ORDERS": retentoin is not a known field\. Did you mean retention\?/,
  },
  {
    what: "a field the server is too old for",
    server: { version: "2.10.29" },
    program: STREAM("allowMsgCounter: true"),
    says: /SV101 stream "ORDERS": allowMsgCounter needs nats-server 2\.12\.0 or newer, the server runs 2\.10\.29\. Upgrade the servers, or remove the field\./,
  },
  {
    what: "a consumer of a stream that does not exist",
    program: `new (require("headwater").Consumer)("tail", { stream: "ABSENT", kind: "pull", ackPolicy: "explicit" });`,
    says: /SV102 consumer "ABSENT\/tail": the server refused it \("stream not found", 10059\)\. Create the stream first, or correct the name\./,
  },
  {
    what: "a user who may not manage streams",
    server: {
      config: `authorization { users: [{ user: deploy, password: ${PASSWORD}, permissions: { publish: "nothing" } }] }`,
    },
    config: { "nats:user": "deploy", "nats:password": PASSWORD, "nats:timeout": "2s" },
    says: /CN105 provider .*: the user may not publish "\$JS\.API\.STREAM\.CREATE\.ORDERS"\. Grant it: see docs\/permissions\.md for the smallest set\./,
  },
];

describe("each failure is one clear message, and leaves nothing behind", () => {
  let server: TestServer | undefined;
  let project: Project;
  afterEach(async () => {
    project.remove();
    await server?.stop();
    server = undefined;
  });

  it.each(cases.map((each) => [each.what, each] as const))(
    "%s",
    async (_, { server: options, config, program, before, says }) => {
      server = await startServer(options);
      project = await createProject({ servers: server.url });
      for (const [key, value] of Object.entries(config ?? {})) {
        await project.config(key, value, /password|token/.test(key));
      }
      await before?.(server.url);
      project.program(program ?? STREAM());
      const text = await failing(project.up());
      expect(text.match(new RegExp(says, "g"))).not.toBeNull();
      // Once while it runs, once in the summary.
      expect(text.split("Diagnostics:")[1]?.match(new RegExp(says, "g"))).toHaveLength(1);
      expect(text).not.toMatch(/^\s+at .*:\d+:\d+/m);
      expect(text).not.toContain(PASSWORD);
      expect(project.state()).not.toContain("dynamic/nats:");
      expect(project.state()).not.toContain(PASSWORD);
      await succeed(project.run(["stack", "export", "--file", `${project.folder}/export.json`]));
    },
  );
});
