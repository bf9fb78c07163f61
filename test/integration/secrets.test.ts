import { readFileSync } from "node:fs";
import { join } from "node:path";
import { encryptionKey } from "../../provider";
import { keyId } from "../../secrets/key-id";
import { createProject, failing, type Project, succeed } from "../support/engine";
import { closeConnections } from "../support/handlers";
import { startServer, type TestServer } from "../support/nats";

let project: Project;
beforeEach(async () => {
  project = await createProject();
});
// Nothing outside the project's own state is made here.
afterEach(() => project.remove());

const head = 'const hw = require("headwater");\n';
// What the program saw in its last run, without another run of the engine.
const WRITE = `
require("@pulumi/pulumi").output(exports).apply((seen) => require("node:fs").writeFileSync("seen.json", JSON.stringify(seen)));`;
const seen = () => JSON.parse(readFileSync(join(project.folder, "seen.json"), "utf8"));

const keyProgram = (args: object, more = "") =>
  `${head}${more}
const key = new hw.EncryptionKey("orders-key", ${JSON.stringify(args)}${more ? ", { provider }" : ""});
exports.key = key.key; exports.previousKey = key.previousKey; exports.retired = key.retired; exports.keyId = key.keyId;${WRITE}`;

/** What the stack keeps. */
const outputs = async () =>
  JSON.parse(await succeed(project.run(["stack", "output", "--json", "--show-secrets", "--stack", "dev"])));

const run = async (program: string) => {
  project.program(program);
  return succeed(project.up());
};

const refused = (program: string) => {
  project.program(program);
  return failing(project.preview());
};

const OLD = { name: "orders-key", previous: "keep" };

/** What an update is refused with that begins with this state, without a run of the engine. */
async function refusedUpdate(state: object, args: object, config: Record<string, string> = {}): Promise<string> {
  await encryptionKey.configure({ config: { get: (key) => config[key] } });
  const { inputs } = await encryptionKey.check({}, { name: "orders-key", ...args });
  const error = await encryptionKey.update("orders-key", { ...OLD, ...state }, inputs).then(
    () => new Error("nothing was refused"),
    (thrown: Error) => thrown,
  );
  return error.message;
}

describe("an encryption key", () => {
  it("is made once, stays a secret, and is rotated step by step", async () => {
    let printed = await run(keyProgram({}));
    const first = seen();
    expect(first.key).toMatch(/^[A-Za-z][A-Za-z0-9]{43}$/);
    expect(first.keyId).toBe(keyId(first.key));
    printed += await run(keyProgram({}));
    expect(printed).toMatch(/Resources:\n +2 unchanged/);
    expect(seen()).toEqual(first);

    printed += await refused(keyProgram({ rotate: 3 }));
    expect(printed).toContain(
      'EK103 encryption key "orders-key": rotate cannot go from 1 to 3: servers open data of one key and the one before it. Set it to 2.',
    );
    expect(await refusedUpdate({ ...first, rotate: 1 }, { rotate: 2, previous: "drop" })).toContain(
      'EK104 encryption key "orders-key": previous cannot be "drop" in the step that makes key 2',
    );
    expect(await outputs()).toEqual(first);

    printed += await run(keyProgram({ rotate: 2 }));
    const second = seen();
    expect(second.previousKey).toBe(first.key);
    expect(second.key).not.toBe(first.key);
    printed += await run(keyProgram({ rotate: 2 }));
    expect(seen()).toEqual(second);

    printed += await refused(keyProgram({ rotate: 2, previous: "drop" }));
    expect(printed).toContain(
      'EK107 encryption key "orders-key": previous key 1 cannot be dropped: it is not known what the servers run with (servers is not set).',
    );
    const allow = [{ code: "EK107", reason: "looked at every server" }];
    printed += await run(keyProgram({ rotate: 2, previous: "drop", allow }));
    const dropped = await outputs();
    expect(dropped).toEqual({ key: second.key, keyId: second.keyId, retired: [first.key] });
    expect(await refusedUpdate({ ...dropped, rotate: 2 }, { rotate: 1 })).toContain(
      'EK102 encryption key "orders-key": rotate cannot go back from 2 to 1',
    );

    project.program(head);
    printed += await failing(project.up());
    expect(printed).toContain(
      'EK109 encryption key "orders-key": is not deleted: volumes outlive a stack, and nobody opens what is on them without it.',
    );
    for (const secret of [first.key, second.key]) {
      expect(printed).not.toContain(secret);
      expect(project.state()).not.toContain(secret);
    }
    await succeed(project.destroy({ HEADWATER_ALLOW_DELETE: "*" }));
  });

  it("is given up once every server says that it runs with the next one", async () => {
    await run(keyProgram({}));
    await run(keyProgram({ rotate: 2 }));
    const { key, previousKey, keyId: current } = seen();
    const servers: TestServer[] = [];
    const start = async (tags: string) => {
      const config = `server_tags: [${tags}]\naccounts { SYS { users: [{ user: sys, password: sys }] } }\nsystem_account: SYS`;
      const server = await startServer({ config, jetstream: false });
      servers.push(server);
      return {
        provider: `const provider = new hw.Provider("sys", { servers: "${server.url}", user: "sys", password: "sys" });\n`,
        config: { "nats:servers": server.url, "nats:user": "sys", "nats:password": "sys" },
      };
    };
    const state = { ...seen(), rotate: 2 };
    const drop = { rotate: 2, previous: "drop", servers: 1 };
    try {
      const behind = await start(`"headwater-key:${keyId(previousKey)}"`);
      expect(await refused(keyProgram(drop, behind.provider))).toContain(
        'EK106 encryption key "orders-key": previous key 1 cannot be dropped: "test-0" does not run with key 2 yet and may hold data of the one before. Bring every server to the new key first, one after the other.',
      );
      expect(await refusedUpdate(state, { rotate: 3, servers: 1 }, behind.config)).toContain(
        'EK105 encryption key "orders-key": rotate key 3 cannot be made: "test-0" does not run with key 2 yet',
      );
      expect(await refusedUpdate(state, { ...drop, servers: 2 }, behind.config)).toContain("(1 of 2 servers answered)");
      expect(await refusedUpdate(state, drop, (await start("az-1")).config)).toContain(
        '(server "test-0" has no tag that says which key it runs with)',
      );
      await run(keyProgram(drop, (await start(`"headwater-key:${current}"`)).provider));
      expect(await outputs()).toEqual({ key, keyId: current, retired: [previousKey] });
    } finally {
      await closeConnections();
      for (const server of servers) await server.stop();
    }
  });
});

describe("an authority and its certificates", () => {
  const program = (authority: object, certificate: object = {}) => `${head}
const ca = new hw.CertificateAuthority("nats-ca", ${JSON.stringify(authority)});
const args = ${JSON.stringify({ dnsNames: ["*.nats.svc"], usages: ["server", "client"], ...certificate })};
const cert = new hw.Certificate("nats", { authority: ca, ...args });
exports.bundle = ca.trustBundle; exports.signing = ca.signingCertificate; exports.signingKey = ca.signingKey;
exports.certificate = cert.certificate; exports.key = cert.key;${WRITE}`;

  it("are made once, and a new authority comes in by its phases", async () => {
    let printed = await run(program({}));
    const first = seen();
    printed += await run(program({}));
    expect(printed).toMatch(/Resources:\n +3 unchanged/);

    project.program(program({ rotate: 2 }));
    printed += await failing(project.preview());
    expect(printed).toContain(
      'CT104 certificate authority "nats-ca": rotate cannot go from rotate: 1, phase: "drop" to rotate: 2, phase: "drop" at once: peers would meet certificates they do not trust. Set rotate: 2, phase: "trust", run up, let every peer load it, and go on then.',
    );
    printed += await run(program({ rotate: 2, phase: "trust" }));
    const trust = seen();
    expect(trust.bundle.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(trust.certificate).toBe(first.certificate);
    printed += await run(program({ rotate: 2, phase: "sign" }));
    const sign = seen();
    expect(sign.bundle).toBe(trust.bundle);
    expect(sign.certificate).not.toBe(first.certificate);
    printed += await run(program({ rotate: 2, phase: "drop" }));
    const done = seen();
    expect(done.bundle.trim()).toBe(sign.signing.trim());
    expect(done.certificate).toBe(sign.certificate);

    printed += await run(program({ rotate: 2 }, { dnsNames: ["*.nats.svc", "nats.example.com"] }));
    const renamed = await outputs();
    expect(renamed.certificate).not.toBe(done.certificate);
    for (const { signingKey, key } of [first, sign, renamed]) {
      for (const secret of [signingKey, key].map((pem) => pem.split("\n")[1])) {
        expect(printed).not.toContain(secret);
        expect(project.state()).not.toContain(secret);
      }
    }
  });

  it("are renewed by up when their end is near, and only then", async () => {
    await run(program({}, { validity: "90d", renewBefore: "30d" }));
    const first = seen();
    project.program(program({}, { validity: "90d", renewBefore: "2159h" }));
    await succeed(project.up());
    expect(seen().certificate).toBe(first.certificate);
    // The certificate has 90 days less a moment left: from now on it is due at every run.
    project.program(program({}, { validity: "90d", renewBefore: "7775999s" }));
    await succeed(project.up());
    const due = seen();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await succeed(project.preview())).toMatch(/~ 1 to update/);
    await succeed(project.up());
    expect(seen().certificate).not.toBe(due.certificate);
  });

  it("say everything that is wrong with them at once", async () => {
    project.program(program({}, { dnsNames: ["a b"], usages: ["servers"], validity: "5m" }));
    const text = await failing(project.preview());
    for (const line of [
      'CT105 certificate "nats": dnsNames[0] must be a DNS name, got "a b". Correct the value.',
      'CT105 certificate "nats": usages[0] must be "server" or "client", got "servers". Correct the value.',
      'CT105 certificate "nats": validity must be a duration of at least "1h", got "5m". Correct the value.',
    ])
      expect(text).toContain(line);
  });
});
