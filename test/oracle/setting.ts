/** What topologies are made for. */
export interface Setting {
  readonly version: string;
  /** Servers of the cluster, 1 for a single server. */
  readonly servers: number;
}
