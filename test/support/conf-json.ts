import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { confText, serverVariables } from "../../render/server-environment";
import { folderWith } from "./cli";

const { natsConfJson } = require("../../tools/lib/nats-conf-json") as { natsConfJson(): Promise<string> };

/** A `nats.conf` as the server's own parser reads it. */
export async function parsedConf(text: string, env: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const file = join(folderWith({}), "nats.conf");
  writeFileSync(file, text);
  return JSON.parse(execFileSync(await natsConfJson(), [file], { env, encoding: "utf8" }));
}

/** An environment for a cluster's servers in which every secret is its own path. */
export function environmentOf(spec: ClusterSpec, secret = (path: string) => path): Record<string, string> {
  const entries = serverVariables(spec).map((variable) => {
    if (variable.kind === "url") return [variable.name, `"${variable.before}${"SECRET"}${variable.after}"`];
    if (variable.kind === "keyTag") return [variable.name, '"headwater-key:0123456789abcdef"'];
    return [variable.name, confText(secret(variable.secret.path))];
  });
  return Object.fromEntries(entries);
}
