import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ClusterSpec } from "../model/cluster/cluster-spec";
import type { ServerBinary } from "./binary";
import { keepsKey, keyIdsOf, readKeys } from "./local-keys";
import { readVariables } from "./local-secrets";
import { localSpec } from "./local-spec";
import { clientFiles, sideFiles } from "./local-tls";
import type { Monitor } from "./monitor";
import type { LocalRun } from "./run";
import { HOST } from "./server-places";
import type { LocalServer } from "./state";

/** A cluster as its processes run: the spec with everything local filled in, and its secrets. */
export interface Runtime extends LocalRun {
  readonly spec: ClusterSpec;
  readonly binary: ServerBinary;
  /** Secrets, by the variable that carries them. */
  readonly variables: Readonly<Record<string, string>>;
  readonly keyIds: { readonly key?: string; readonly previousKey?: string };
}

export function runtimeOf(run: LocalRun, wanted: ClusterSpec, binary: ServerBinary): Runtime {
  const keys = keepsKey(wanted) ? readKeys(run) : undefined;
  const spec = localSpec(wanted, binary.version, keys);
  const variables = { ...readVariables(run, wanted), ...readVariables(run, spec) };
  return { ...run, spec, binary, variables, keyIds: keyIdsOf(run, spec) };
}

/** Where a server is asked about itself. */
export function monitorOf({ home, cwd, spec }: Pick<Runtime, "home" | "cwd" | "spec">, server: LocalServer): Monitor {
  const { port, side } = { port: server.ports.monitor, side: spec.tls?.client };
  if (!spec.monitoring?.https || !side) return { server: server.name, url: `http://${HOST}:${port}` };
  const { caFile } = sideFiles(home, cwd, server.name, "client", side);
  return { server: server.name, url: `https://${HOST}:${port}`, ...(caFile && { caFile }), ...clientFiles(home, spec) };
}

/** Where clients connect to a server. */
export function clientUrl(spec: ClusterSpec, { ports }: LocalServer): string {
  return `${spec.tls?.client ? "tls" : "nats"}://${HOST}:${ports.client}`;
}

/** Everything of the files a configuration names that may change under the same name. */
export function tlsTexts({ home, cwd, spec }: Runtime, server: LocalServer): string[] {
  const sides = Object.entries(spec.tls ?? {}).map(([name, side]) =>
    sideFiles(home, cwd, server.name, name, side ?? {}),
  );
  const files = sides.flatMap(({ certFile, keyFile, caFile }) => [certFile, keyFile, ...(caFile ? [caFile] : [])]);
  return files.map((file) => readFileSync(resolve(cwd, file), "utf8"));
}
