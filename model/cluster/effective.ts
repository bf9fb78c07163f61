import { type Bytes, type Duration, formatBytes, parseBytes } from "../units";
import { NEWEST } from "../version";
import type { ClusterSpec } from "./cluster-spec";

/** The usual ports of a server. */
export const PORTS = {
  client: 4222,
  cluster: 6222,
  monitor: 8222,
  leafNodes: 7422,
  gateway: 7222,
  websocket: 8080,
} as const;

export type PortName = keyof typeof PORTS;

/** The share of a volume that streams may use: the rest is for logs of the servers' own, compaction and file systems. */
export const VOLUME_SHARE = 0.8;

/** What a spec means once its defaults are filled in: one place for every reader. */
export interface EffectiveCluster {
  readonly version: string;
  readonly size: number;
  /** A single server outside any cluster. */
  readonly standalone: boolean;
  /** A single server of a cluster needs a second process to elect a leader with. */
  readonly witness: boolean;
  readonly ports: Readonly<Record<PortName, number>>;
  /** Most file storage of a server; `undefined` leaves it to the server. */
  readonly maxFileStore?: Bytes;
  readonly maxMemoryStore: Bytes;
  /** Name of the declared system account. */
  readonly systemAccount?: string;
  readonly namespace: string;
  readonly lameDuck: { readonly duration: Duration; readonly gracePeriod: Duration };
}

export function effectiveCluster(spec: ClusterSpec): EffectiveCluster {
  const size = spec.size ?? 1;
  const standalone = spec.standalone ?? size === 1;
  const { volume, maxFileStore, maxMemoryStore } = spec.jetstream ?? {};
  return {
    version: spec.version ?? NEWEST,
    size,
    standalone,
    witness: size === 1 && !standalone,
    ports: { ...PORTS, ...spec.ports },
    maxFileStore: maxFileStore ?? (volume && shareOf(volume.size)),
    maxMemoryStore: maxMemoryStore ?? "0B",
    systemAccount: spec.systemAccount ?? (spec.accounts && "SYS" in spec.accounts ? "SYS" : undefined),
    namespace: spec.kubernetes?.namespace ?? spec.name,
    lameDuck: { duration: "30s", gracePeriod: "10s", ...spec.lameDuck },
  };
}

// In whole MiB: an amount people can read.
function shareOf(size: Bytes): Bytes {
  const bytes = Number(parseBytes(size) ?? 0n) * VOLUME_SHARE;
  return formatBytes(BigInt(Math.floor(bytes / 2 ** 20)) << 20n);
}
