import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ClusterSpec } from "../model/cluster/cluster-spec";
import type { PortName } from "../model/cluster/effective";
import { throwLocal } from "./finding";
import { type LocalHome, stateFile } from "./home";

/** One process of a local cluster. */
export interface LocalServer {
  readonly name: string;
  readonly ports: Readonly<Record<PortName, number>>;
  /** Holds no data: only there to elect a leader. */
  readonly witness?: true;
}

/** What a server was last started with: fingerprints, from which nothing can be read back. */
export interface Started {
  readonly config: string;
  readonly variables: string;
  readonly binary: string;
  /** Ids of the encryption keys. */
  readonly key?: string;
  readonly previousKey?: string;
  /** It was healthy since, and so has opened all it stores with these keys. */
  readonly opened?: true;
}

/** What is kept of a local cluster from run to run, without any secret. */
export interface LocalState {
  readonly version: 1;
  /** The spec that was last applied: its secrets are references. */
  readonly spec: ClusterSpec;
  /** Every server there is or will be, until it is removed for good. */
  readonly servers: readonly LocalServer[];
  readonly started: Readonly<Record<string, Started>>;
  /** Path of the nats-server they were last started with. */
  readonly binary: string;
}

/** The state of a local cluster, `undefined` where there is none. */
export function readState(home: LocalHome): LocalState | undefined {
  const file = stateFile(home);
  if (!existsSync(file)) return undefined;
  try {
    const state = JSON.parse(readFileSync(file, "utf8")) as LocalState;
    if (state.version === 1 && Array.isArray(state.servers)) return state;
  } catch {
    // Said below.
  }
  return throwLocal(
    "LC103",
    home.name,
    "",
    `${file} cannot be read`,
    "Restore it, or remove the folder where nothing in it is needed.",
  );
}

/** The state of a local cluster that has to be there. */
export function requireState(home: LocalHome): LocalState {
  const remedy = `Start it with headwater local up, or name the one that is meant with --name and --dir.`;
  return readState(home) ?? throwLocal("LC102", home.name, "", `there is no local cluster in ${home.folder}`, remedy);
}

export function writeState(home: LocalHome, state: LocalState): LocalState {
  makePrivateFolder(home.folder);
  // Nothing below is for a repository.
  writeFileSync(join(home.root, ".gitignore"), "*\n");
  writeWhole(stateFile(home), `${JSON.stringify(state, null, 2)}\n`);
  return state;
}

/** Writes a file only its owner can read, as a whole or not at all. */
export function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}
