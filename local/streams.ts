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
  /** Its leader says that every replica has all of it. */
  readonly current: boolean;
}

interface Jsz {
  readonly account_details?: readonly {
    readonly name: string;
    readonly stream_detail?: readonly {
      readonly name: string;
      readonly state?: { readonly messages?: number };
      readonly config?: { readonly num_replicas?: number };
      readonly cluster?: { readonly leader?: string; readonly replicas?: readonly { readonly current?: boolean }[] };
    }[];
  }[];
}

/** Every stream of every account that servers which run hold. */
export async function readStreams(
  run: LocalRun & { readonly spec: ClusterSpec },
  servers: readonly LocalServer[],
): Promise<StoredStream[]> {
  const path = "/jsz?accounts=true&streams=true&config=true&limit=10000";
  const found = new Map<string, StoredStream>();
  for (const server of servers) {
    const state = await ask<Jsz>(monitorOf(run, server), path);
    for (const { name: account, stream_detail = [] } of state?.account_details ?? [])
      for (const { name, state: held, config, cluster } of stream_detail) {
        const known = found.get(`${account}/${name}`);
        const replicas = config?.num_replicas ?? 1;
        const others = (cluster?.replicas ?? []).filter(({ current }) => current).length;
        const leads = cluster?.leader === undefined || cluster.leader === server.name;
        // A replica may be behind.
        const messages = Math.max(known?.messages ?? 0, held?.messages ?? 0);
        const current = known?.current === true || (leads && others === replicas - 1);
        found.set(`${account}/${name}`, { account, name, messages, replicas, current });
      }
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
