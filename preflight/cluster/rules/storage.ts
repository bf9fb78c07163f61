import { formatBytes, parseBytes } from "../../../model/units";
import { sameValue } from "../../../model/walk";
import { limit } from "../../values";
import { accountsOf } from "../members";
import type { ClusterRule } from "../rule";

/** Two keys are two keys. */
export const keysDiffer: ClusterRule = {
  code: "CL251",
  severity: "error",
  says: "`jetstream.encryption.previousKey` is another key than `key`.",
  refusals: [],
  *find({ spec }) {
    const { key, previousKey } = spec.jetstream?.encryption ?? {};
    if (previousKey === undefined || !sameValue(key, previousKey)) return;
    yield {
      field: "jetstream.encryption.previousKey",
      problem: "is the same as key",
      remedy: "Set the key before this one, or remove it.",
    };
  },
};

/** A single server sets aside what accounts may have. server/jetstream.go sufficientResources. */
export const accountsFit: ClusterRule = {
  code: "CL252",
  severity: "error",
  says: "On a standalone server, `maxFile` and `maxMemory` of all accounts together are within its stores.",
  refusals: ["insufficient storage resources available", "insufficient memory resources available"],
  *find({ spec, effective }) {
    if (!effective.standalone) return;
    for (const [key, store] of [
      ["maxFile", "maxFileStore"],
      ["maxMemory", "maxMemoryStore"],
    ] as const) {
      const room = effective[store] === undefined ? undefined : parseBytes(effective[store]);
      const wanted = accountsOf(spec).reduce((sum, { value: { jetstream } }) => {
        return sum + ((typeof jetstream === "object" ? limit(jetstream[key]) : undefined) ?? 0n);
      }, 0n);
      if (room === undefined || room < 0n || wanted <= room) continue;
      yield {
        field: `jetstream.${store}`,
        problem: `${effective[store]} is less than the ${formatBytes(wanted)} accounts may have together (${key})`,
        remedy: `Raise it, or lower ${key} of the accounts.`,
      };
    }
  },
};
