import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

/** Where one local cluster keeps everything it has. */
export interface LocalHome {
  readonly name: string;
  /** Folder of all local clusters: they share an authority, so that they trust each other. */
  readonly root: string;
  /** Folder of this one. */
  readonly folder: string;
}

/** The usual folder of local clusters, below the folder the command runs in. */
export const LOCAL_ROOT = join(".headwater", "local");

export function localHome(root: string, name: string): LocalHome {
  const absolute = resolve(root);
  return { name, root: absolute, folder: join(absolute, name) };
}

export const stateFile = ({ folder }: LocalHome) => join(folder, "cluster.json");
export const lockFile = ({ folder }: LocalHome) => join(folder, "lock");
export const secretsFolder = ({ folder }: LocalHome) => join(folder, "secrets");
export const tlsFolder = ({ folder }: LocalHome) => join(folder, "tls");
export const authorityFolder = ({ root }: LocalHome) => join(root, ".authority");

/** Folder of one server: its configuration, its log, and what it stores. */
export const serverFolder = ({ folder }: LocalHome, server: string) => join(folder, server);
export const configOf = (home: LocalHome, server: string) => join(serverFolder(home, server), "nats.conf");
export const logOf = (home: LocalHome, server: string) => join(serverFolder(home, server), "server.log");
export const pidFileOf = (home: LocalHome, server: string) => join(serverFolder(home, server), "server.pid");
/** Folder the server makes below the one it is given. */
export const storeOf = (home: LocalHome, server: string) => join(serverFolder(home, server), "jetstream");

/** Names of the local clusters below a folder. */
export function clustersIn(root: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root).filter((name) => existsSync(stateFile(localHome(root, name))));
}
