import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ClusterSpec } from "../model/cluster/cluster-spec";
import { storeOf } from "./home";
import { ask } from "./monitor";
import type { LocalRun } from "./run";
import { monitorOf } from "./runtime";
import type { LocalServer } from "./state";

/** A stream as the servers that hold it say. */
export interface StoredStream {
  readonly account: string;
  readonly name: string;
  readonly messages: number;
  readonly replicas: number;
}

interface Jsz {
  readonly account_details?: readonly {
    readonly name: string;
    readonly stream_detail?: readonly {
      readonly name: string;
      readonly state?: { readonly messages?: number };
      readonly config?: { readonly num_replicas?: number };
    }[];
  }[];
}

/** Every stream of every account that servers which run hold. */
export async function readStreams(
  run: LocalRun & { readonly spec: ClusterSpec },
  servers: readonly LocalServer[],
): Promise<StoredStream[]> {
  const path = "/jsz?accounts=true&streams=true&config=true&limit=10000";
  const states = await Promise.all(servers.map((server) => ask<Jsz>(monitorOf(run, server), path)));
  const found = new Map<string, StoredStream>();
  for (const { name: account, stream_detail = [] } of states.flatMap((state) => state?.account_details ?? []))
    for (const { name, state, config } of stream_detail) {
      const key = `${account}/${name}`;
      // A replica may be behind.
      const messages = Math.max(found.get(key)?.messages ?? 0, state?.messages ?? 0);
      found.set(key, { account, name, messages, replicas: config?.num_replicas ?? 1 });
    }
  return [...found.values()].sort((a, b) => `${a.account}/${a.name}`.localeCompare(`${b.account}/${b.name}`));
}

/** `ACCOUNT/STREAM` of everything stored on the disk, whether servers run or not. */
export function streamsOnDisk({ home }: LocalRun, servers: readonly LocalServer[]): string[] {
  const found = servers.flatMap(({ name }) => {
    const store = storeOf(home, name);
    return foldersIn(store).flatMap((account) =>
      foldersIn(join(store, account, "streams")).map((stream) => `${account}/${stream}`),
    );
  });
  return [...new Set(found)].filter((name) => !name.startsWith("$SYS/")).sort();
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
}
