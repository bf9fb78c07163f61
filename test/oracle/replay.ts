import type { Asset } from "./asset";
import type { Account, Verdict } from "./server-verdict";
import { wireRequest } from "./wire-request";

/** What a server said, for asking again without it. */
export type Record = Map<string, Verdict>;

/** The same account; what it says is written down. */
export function recorded(account: Account, record: Record): Account {
  return remembering(record, account);
}

/** An account that says again what was written down. */
export function replayed(record: Record): Account {
  return remembering(record, {
    create: async () => {
      throw new Error("the server was not asked this before");
    },
    clear: async () => {},
  });
}

// What is said to a request depends on those since the account was empty.
function remembering(record: Record, account: Account): Account {
  const asked: unknown[] = [];
  return {
    create: async (asset: Asset) => {
      asked.push(wireRequest(asset));
      const key = JSON.stringify(asked, (_, value) => (typeof value === "bigint" ? String(value) : value));
      const verdict = record.get(key) ?? (await account.create(asset));
      record.set(key, verdict);
      return verdict;
    },
    clear: async () => {
      asked.length = 0;
      await account.clear();
    },
  };
}
