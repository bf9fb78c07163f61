import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { type Finding, throwFindings } from "../model/finding";
import { natsConf } from "../render/nats-conf";
import { natsConfig } from "../render/nats-config";
import { localFinding } from "./finding";
import { configOf, serverFolder } from "./home";
import { fingerprint } from "./local-secrets";
import { certificatesOf, ensureCertificates } from "./local-tls";
import { type Runtime, tlsTexts } from "./runtime";
import { placeOf } from "./server-places";
import { type LocalServer, makePrivateFolder, type Started, writeWhole } from "./state";

/** The server's own tag for "place nothing here". */
const EXCLUDE_TAG = "!jetstream";

/**
 * Writes the configuration of every server, and the certificates they need; answers what each is to run with. Servers that
 * are to leave get no stream any more.
 */
export async function configure(
  runtime: Runtime,
  servers: readonly LocalServer[],
  leaving: readonly LocalServer[] = [],
): Promise<Map<string, Started>> {
  const { home, spec } = runtime;
  await ensureCertificates(
    home,
    certificatesOf(
      home,
      spec,
      servers.map(({ name }) => name),
    ),
  );
  const wanted = new Map<string, Started>();
  const findings: Finding[] = [];
  for (const server of servers) {
    makePrivateFolder(serverFolder(home, server.name));
    const tags = leaving.includes(server) ? [...(spec.serverTags ?? []), EXCLUDE_TAG] : spec.serverTags;
    const text = natsConf(
      natsConfig({ ...spec, ...(tags && { serverTags: tags }) }, placeOf(runtime, spec, server, servers)),
    );
    const file = configOf(home, server.name);
    if (!existsSync(file) || readFileSync(file, "utf8") !== text) {
      writeWhole(file, text);
      findings.push(...refusalOf(runtime, server));
    }
    wanted.set(server.name, startedWith(runtime, server, text));
  }
  throwFindings(findings);
  return wanted;
}

function startedWith(runtime: Runtime, server: LocalServer, text: string): Started {
  const { home, binary, variablesOf, keyIdsOf } = runtime;
  return {
    config: fingerprint(home, [text, ...tlsTexts(runtime, server)].join("\n")),
    variables: fingerprint(home, JSON.stringify(variablesOf(server.name))),
    binary: binary.version,
    ...keyIdsOf(server.name),
  };
}

// The server itself says what it would refuse to start with.
function refusalOf({ home, binary, variablesOf, env }: Runtime, server: LocalServer): Finding[] {
  const file = configOf(home, server.name);
  const tested = spawnSync(binary.path, ["-t", "-c", file], {
    encoding: "utf8",
    env: { ...env, ...variablesOf(server.name) },
  });
  if (tested.status === 0) return [];
  const said = tested.stderr.trim().split("\n").at(-1) ?? "";
  const problem = `nats-server ${binary.version} refuses the configuration of ${server.name} ("${said.replace(/^nats-server: /, "")}")`;
  return [localFinding("LC106", home.name, "", problem, `Correct the spec; the configuration is ${file}.`)];
}
