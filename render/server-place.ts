import type { PortName } from "../model/cluster/effective";
import type { LeafRemoteSpec } from "../model/cluster/links-spec";
import type { SecretSource } from "../model/cluster/secret-source";
import type { TlsSideName } from "../model/cluster/tls-spec";
import type { Bare } from "./config-tree";

/** The files of one side's TLS, as the server finds them. */
export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
  readonly caFile?: string;
}

/** Where one server runs: everything that differs between a container, a local process and somebody's machine. */
export interface ServerPlace {
  readonly serverName: string | Bare;
  /** Address to listen on. */
  readonly host: string;
  readonly ports: Readonly<Record<PortName, number>>;
  /** Folder of what is stored. */
  readonly storeDir: string;
  /** `HOST:PORT` of every server's cluster port, this one's and the witness's among them. */
  readonly routes: readonly string[];
  readonly pidFile?: string;
  /** Holds no data: only there to elect a leader. */
  readonly witness?: boolean;
  /** The server's environment has the tags of its keys; `false` where nobody knows them. Default true. */
  readonly keyTags?: boolean;
  readonly tlsFiles: (side: TlsSideName) => TlsFiles;
  /** Files of the TLS and credentials toward the hub of a leaf node remote. */
  readonly remoteFiles: (index: number, remote: LeafRemoteSpec) => { tls?: TlsFiles; credentials?: string };
  /** Name of the environment variable that carries a secret; the configuration refers to it. */
  readonly variable: (path: string, source: SecretSource) => string;
}
