import { writeFileSync } from "node:fs";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { makeAuthority, type TestAuthority } from "../support/certificates";
import { createProject, failing, type Project, succeed } from "../support/engine";
import { startServers, type TestServer, urlsOf } from "../support/nats";
import { makeOperator } from "../support/operator";
import { startRendered } from "../support/rendered";

const servers: TestServer[] = [];
let project: Project;
beforeEach(async () => {
  project = await createProject();
});
afterEach(async () => {
  project.remove();
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

const text = JSON.stringify;
const base: ClusterSpec = { name: "engine", jetstream: { maxFileStore: "1GiB" } };

/** A program with one provider and one stream for each set of arguments. */
function programOf(providers: Readonly<Record<string, string>>): string {
  const made = Object.entries(providers).map(
    ([name, args]) =>
      `new hw.Stream(${text(name)}, { subjects: [${text(name)}] }, { provider: new hw.Provider(${text(name)}, ${args}) });`,
  );
  return ['const hw = require("headwater");', 'const pulumi = require("@pulumi/pulumi");', ...made].join("\n");
}

it("logs in by credentials, a file of them, a token with its key, and a client certificate, and keeps them secret", async () => {
  const operator = makeOperator([{ mem_storage: -1, disk_storage: -1, streams: -1, consumer: -1 }]);
  const { jwt, preload, systemAccount } = operator;
  const authority: TestAuthority = await makeAuthority();
  const [own, client] = [await authority.sign(["127.0.0.1"]), await authority.sign(["app.example"])];
  const { certFile, keyFile } = own;
  const byToken = await startRendered({ ...base, operator: { jwt, preload, systemAccount } });
  const byCertificate = await startRendered({
    ...base,
    accounts: { APP: { users: [{ user: "app.example" }] } },
    tls: { client: { certFile, keyFile, caFile: authority.certFile, verifyAndMap: true } },
  });
  servers.push(byToken, byCertificate);
  const [user, other] = [operator.user(0), operator.user(0)];
  writeFileSync(`${project.folder}/user.creds`, other.creds);
  const tls = { ca: authority.cert, cert: client.cert, key: client.key };
  const url = byCertificate.url.replace("nats:", "tls:");
  project.program(
    programOf({
      CREDS: `{ servers: ${text(byToken.url)}, creds: ${text(user.creds)} }`,
      FILE: `{ servers: ${text(byToken.url)}, credsFile: "user.creds" }`,
      TOKEN: `{ servers: [${text(byToken.url)}], jwt: ${text(other.jwt)}, nkey: pulumi.secret(${text(other.seed)}) }`,
      CERTIFICATE: `{ servers: ${text(url)}, tls: ${text(tls)} }`,
    }),
  );
  const output = await succeed(project.up());
  for (const name of ["CREDS", "FILE", "TOKEN", "CERTIFICATE"]) expect(output).toContain(`Stream ${name} creat`);
  for (const secret of [user.seed, other.seed, other.jwt, client.key.split("\n")[1] as string]) {
    expect(project.state()).not.toContain(secret);
    expect(output).not.toContain(secret);
  }
  await succeed(project.destroy());

  const stranger = makeOperator([{}]).user(0);
  project.program(programOf({ CREDS: `{ servers: ${text(byToken.url)}, creds: ${text(stranger.creds)} }` }));
  const refused = await failing(project.up());
  expect(refused).toContain(
    `CN102 provider "${byToken.url}": the server refused the login ("Authorization Violation"). Check the user, password, token or key of the provider.`,
  );
  expect(refused).not.toContain(stranger.seed);
  await succeed(project.destroy());
});

it("waits for a cluster that starts during the same run", async () => {
  const cluster = await startServers(3, { late: true });
  servers.push(...cluster);
  project.program(
    programOf({ LATE: `{ servers: ${text(urlsOf(cluster))}, connectTimeout: "90s", waitForServers: 3 }` }).replace(
      '["LATE"]',
      '["LATE"], replicas: 3',
    ),
  );
  const run = project.up();
  cluster.forEach((server, i) => {
    setTimeout(() => void server.restart().catch(() => undefined), 4_000 + i * 2_000);
  });
  expect(await succeed(run)).toContain("Stream LATE created");
  await succeed(project.destroy());
});
