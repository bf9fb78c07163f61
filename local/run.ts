import type { LocalHome } from "./home";

/** What a command on a local cluster works with. */
export interface LocalRun {
  readonly home: LocalHome;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder that paths of a spec are relative to. */
  readonly cwd: string;
  /** Called with what is done, as it is done. */
  readonly say: (line: string) => void;
  /**
   * Longest wait for servers to be well, in milliseconds.
   * @default 60_000
   */
  readonly timeoutMs?: number;
}
