import { encodeJson } from "../../model/wire";
import type { Asset } from "./asset";
import type { Account, Verdict } from "./server-verdict";
import { wireRequest } from "./wire-request";

/** What a server said, for asking again without it. */
export type Record = Map<string, Verdict>;

/** The same account; what it says is written down. */
export function recorded(account: Account, record: Record): Account {
  return remembering(account, async (key, asset) => {
    const verdict = await account.create(asset);
    record.set(key, verdict);
    return verdict;
  });
}

/** An account that says again what was written down. */
export function replayed(record: Record): Account {
  return remembering({ attempts: 1, clear: async () => {}, forget: async () => {} }, async (key) => {
    const verdict = record.get(key);
    if (!verdict) throw new Error("the server was not asked this before");
    return verdict;
  });
}

// What is said to a request depends on those accepted since the account was empty.
function remembering(
  { attempts, clear, forget }: Omit<Account, "create">,
  answer: (key: string, asset: Asset) => Promise<Verdict>,
): Account {
  const accepted: unknown[] = [];
  return {
    attempts,
    forget,
    create: async (asset) => {
      const request = wireRequest(asset);
      const verdict = await answer(encodeJson([...accepted, request]), asset);
      if (verdict.accepted) accepted.push(request);
      return verdict;
    },
    clear: () => {
      accepted.length = 0;
      return clear();
    },
  };
}
