import { formatFinding } from "../../model/finding";
import { judgeServerKeys, type Restart, type ServerKeys } from "../../secrets/server-keys";

const running = [
  { server: "s0", key: "aa" },
  { server: "s1", key: "bb", previousKey: "aa" },
];
const judge = (
  wanted: ServerKeys,
  restart: Restart,
  on: Parameters<typeof judgeServerKeys>[1] = running,
  allow: { code: string; reason: string }[] = [],
) => judgeServerKeys(wanted, on, { name: "orders", restart, allow }).map(formatFinding);

describe("judgeServerKeys", () => {
  it("lets servers start that keep their key, stored in the clear, or begin empty", () => {
    expect(judge({ key: "aa" }, "clustered", [{ server: "s0", key: "aa" }])).toEqual([]);
    expect(judge({ key: "bb" }, "clustered", [{ server: "s0", key: "bb", previousKey: "aa" }])).toEqual([]);
    expect(judge({ key: "aa" }, "clustered", [{ server: "s0" }])).toEqual([]);
    expect(judge({}, "clustered", [{ server: "s0" }])).toEqual([]);
    expect(judge({ key: "cc" }, "refilled")).toEqual([]);
    expect(judge({ key: "cc" }, "clustered", [])).toEqual([]);
  });

  it("refuses a key that is not the server's", () => {
    expect(judge({ key: "bb" }, "clustered")).toEqual([
      'EK110 server "s0": key is aa where the server runs, and would be bb: it would not open what it stored. Start it with the key it has, alone or as the previous one.',
    ]);
    expect(judge({ key: "dd", previousKey: "cc" }, "standalone")[0]).toBe(
      'EK110 server "s0": key is aa where the server runs, and would be dd with cc before it: it would not open what it stored. Start it with the key it has, alone or as the previous one.',
    );
  });

  it("refuses to turn encryption off", () => {
    expect(judge({}, "standalone", [{ server: "s0", key: "aa" }])).toEqual([
      'EK111 server "s0": key cannot be left out: it stores with key aa, and would not open it without. Keep the encryption. To be rid of it, copy the streams to a cluster without it.',
    ]);
  });

  it("says what a previous key does not open", () => {
    const wanted = { key: "bb", previousKey: "aa" };
    expect(judge(wanted, "standalone")).toEqual([
      'EK112 server "s0": previousKey aa opens its streams, but not the durable consumers on them: they would be gone (the server says "error creating store for consumer"). Back up the streams and restore them into an empty store with the new key. Or create the consumers again, and accept with allow: [{ code: "EK112", reason: "…" }].',
    ]);
    expect(judge(wanted, "standalone", running, [{ code: "EK112", reason: "no consumers" }])).toEqual([]);
    const clustered =
      'EK113 server "s0": previousKey aa opens its streams, but not the log the servers share: it would not start (the server says "Can\'t start JetStream: chacha20poly1305: message authentication failed"). Bring servers to the new key one after another, each with an empty store that the others fill again: docs/keys.md.';
    expect(judge(wanted, "clustered")).toEqual([clustered]);
    expect(judge(wanted, "clustered", running, [{ code: "EK113", reason: "now" }])).toHaveLength(2);
  });

  it("refuses where nobody knows, unless that is accepted", () => {
    const unknown = { unknown: "2 of 3 servers answered" };
    expect(judge({ key: "aa" }, "clustered", unknown)).toEqual([
      'EK107 encryption key "orders": key cannot be judged: it is not known what the servers run with (2 of 3 servers answered). Start the servers that are missing with the keys they had. Or look yourself, and accept with allow: [{ code: "EK107", reason: "…" }].',
    ]);
    expect(judge({ key: "aa" }, "clustered", unknown, [{ code: "EK107", reason: "it is gone" }])).toEqual([]);
  });
});
