import type { StreamRule } from "../../rule";
import { show } from "../../values";

/** Answering before the disk has it works for one file only. server/stream.go checkStreamCfg. */
export const persistMode: StreamRule = {
  code: "SP113",
  severity: "error",
  on: "stream",
  says: '`persistMode: "async"` needs file storage and one replica, and excludes `allowAtomic`.',
  refusals: [{ code: 10052, text: "async persist mode" }],
  since: "2.12.0",
  *find({ spec: { persistMode: mode, storage = "file", replicas = 1, allowAtomic } }) {
    if (mode !== "async") return;
    const found = { field: "persistMode", value: mode, remedy: 'Use persistMode: "default", or change the other.' };
    if (storage !== "file") yield { ...found, problem: `"async" needs storage "file", got ${show(storage)}` };
    if (replicas > 1) yield { ...found, problem: `"async" needs replicas 1, got ${replicas}` };
    if (allowAtomic) yield { ...found, problem: '"async" excludes allowAtomic' };
  },
};
