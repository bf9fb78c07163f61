/** The keys one server was started with, by id. A server without `key` stores in the clear. */
export interface RunningServer {
  readonly server: string;
  readonly key?: string;
  readonly previousKey?: string;
}

/** What every server of a cluster runs with; `unknown` says why nobody knows. */
export type RunningKeys = readonly RunningServer[] | { readonly unknown: string };

/** True when nobody knows what the servers run with. */
export function isUnknownRunning(running: RunningKeys): running is { readonly unknown: string } {
  return !Array.isArray(running);
}
