import { describeClusterChange } from "../../../changes/cluster/cluster-change";
import { clusterMutability } from "../../../changes/cluster/cluster-mutability";
import { planClusterChange, rowOf } from "../../../changes/cluster/plan-cluster-change";
import { type ClusterSpec, clusterSchema } from "../../../model/cluster/cluster-spec";
import { schemaPaths } from "../../support/schema-paths";

const spec = (more: object) => ({ name: "nats", ...more }) as ClusterSpec;
const planned = (from: object, to: object) => planClusterChange(spec(from), spec(to)).map(describeClusterChange);
const [A, B] = [{ env: "A" }, { env: "B" }];
const encrypted = (encryption: object) => ({ jetstream: { encryption } });
const volume = (fields: object) => ({ jetstream: { maxFileStore: "1GiB", volume: { size: "10GiB", ...fields } } });
const WAIVER = { rule: "jetstream-cluster-odd-size", reason: "a fourth one moves in", expires: "2026-12-31" };
const BACKUP = "Back the streams up, make a cluster beside it, restore them there, and move the clients.";

describe("clusterMutability", () => {
  it("has a row for every field but waivers, and none for others", () => {
    const all = schemaPaths(clusterSchema).map((path) => path.split("."));
    const paths = all.filter(([field]) => field !== "waive");
    expect(paths.length).toBeLessThan(all.length);
    for (const path of paths) expect(() => rowOf(path)).not.toThrow();
    const known = new Set(paths.flatMap((path) => path.map((_, i) => path.slice(0, i + 1).join("."))));
    expect(Object.keys(clusterMutability).filter((field) => !known.has(field))).toEqual([]);
  });
});

describe("planClusterChange", () => {
  it.each<readonly [string, object, object, readonly string[]]>([
    ["nothing", { maxPayload: "1MiB" }, { maxPayload: 1_048_576 }, []],
    ["waivers that come", {}, { waive: [WAIVER] }, []],
    ["waivers that go", { waive: [WAIVER] }, {}, []],
    ["other waivers", { waive: [WAIVER] }, { waive: [{ ...WAIVER, expires: "2027-01-31" }] }, []],
    [
      "waivers beside something else",
      { waive: [WAIVER] },
      { maxPayload: "2MiB" },
      ['CG101 cluster "nats": maxPayload not set -> "2MiB". The servers take it over while they run.'],
    ],
    [
      "what is reloaded",
      {},
      { maxPayload: "2MiB" },
      ['CG101 cluster "nats": maxPayload not set -> "2MiB". The servers take it over while they run.'],
    ],
    [
      "what restarts",
      {},
      { version: "2.14.5" },
      ['CG102 cluster "nats": version not set -> "2.14.5". The servers are restarted one by one.'],
    ],
    [
      "a side that comes",
      {},
      { websocket: {} },
      ['CG102 cluster "nats": websocket. The servers are restarted one by one.'],
    ],
    [
      "objects",
      {},
      { kubernetes: { natsBox: true } },
      [
        'CG103 cluster "nats": kubernetes.natsBox not set -> true. Objects around the servers change; the servers go on.',
      ],
    ],
    [
      "growing",
      { size: 3 },
      { size: 5 },
      ['CG104 cluster "nats": size 3 -> 5. Servers are added; streams stay where they are.'],
    ],
    [
      "growing from one that is a cluster",
      { standalone: false },
      { size: 3 },
      ['CG104 cluster "nats": size 1 -> 3. Servers are added; streams stay where they are.'],
    ],
    [
      "shrinking",
      { size: 5 },
      { size: 3 },
      ['CG106 cluster "nats": size 5 -> 3. Servers are emptied and leave the cluster before they are removed.'],
    ],
    [
      "a standalone server that would be a cluster",
      {},
      { size: 3 },
      [
        `CG202 cluster "nats": standalone true -> false. A standalone server cannot become a cluster in place: its streams would be deleted as orphans. Nor back. ${BACKUP}`,
      ],
    ],
    [
      "a larger volume whose claims would be made anew",
      volume({}),
      volume({ size: "20GiB" }),
      [
        'CG205 cluster "nats": jetstream.volume.initialSize "10GiB" -> "20GiB". A volume cannot shrink, come or go, or get another class, access mode or first size. Claims keep the size they were made with: set initialSize: "10GiB" beside the new size.',
      ],
    ],
    [
      "a larger volume",
      volume({}),
      volume({ size: "20GiB", initialSize: "10GiB" }),
      [
        'CG105 cluster "nats": jetstream.volume.size "10GiB" -> "20GiB". Volumes grow, where their storage class allows it; the servers go on.',
      ],
    ],
    [
      "a smaller volume",
      volume({}),
      volume({ size: "5GiB" }),
      [
        'CG205 cluster "nats": jetstream.volume.size "10GiB" -> "5GiB". A volume cannot shrink, come or go, or get another class, access mode or first size. Keep the size.',
      ],
    ],
    [
      "another storage class",
      volume({}),
      volume({ storageClass: "fast" }),
      [
        `CG205 cluster "nats": jetstream.volume.storageClass not set -> "fast". A volume cannot shrink, come or go, or get another class, access mode or first size. Keep it. ${BACKUP}`,
      ],
    ],
    [
      "a store that grows",
      { jetstream: { maxFileStore: "1GiB" } },
      { jetstream: { maxFileStore: "2GiB" } },
      ['CG101 cluster "nats": jetstream.maxFileStore "1GiB" -> "2GiB". The servers take it over while they run.'],
    ],
    [
      "a store that shrinks",
      { jetstream: { maxFileStore: "2GiB" } },
      { jetstream: { maxFileStore: "1GiB" } },
      ['CG102 cluster "nats": jetstream.maxFileStore "2GiB" -> "1GiB". The servers are restarted one by one.'],
    ],
    [
      "another domain",
      {},
      { jetstream: { domain: "hub" } },
      [
        'CG201 cluster "nats": jetstream.domain not set -> "hub". It is part of the cluster\'s identity: changing it would make another cluster beside this one. Clients and mirrors address streams by the domain. Make another cluster, and copy the streams with sources or by backup and restore.',
      ],
    ],
    [
      "encryption that is turned on",
      {},
      encrypted({ key: A }),
      [
        'CG107 cluster "nats": jetstream.encryption. What is stored is encrypted as each server restarts; nothing readable is left on its disk.',
      ],
    ],
    [
      "encryption that is turned off",
      encrypted({ key: A }),
      {},
      [
        `CG203 cluster "nats": jetstream.encryption. Encryption cannot be turned off: servers without the key do not load what they hold, and show no streams. Keep the key. ${BACKUP}`,
      ],
    ],
    [
      "another cipher",
      encrypted({ key: A }),
      encrypted({ key: A, cipher: "aes" }),
      [
        'CG108 cluster "nats": jetstream.encryption.cipher "chacha" -> "aes". What is stored is encrypted anew, with another cipher, as each server restarts.',
      ],
    ],
    [
      "another key beside the one before",
      encrypted({ key: A }),
      encrypted({ key: B, previousKey: A }),
      [
        'CG204 cluster "nats": jetstream.encryption.key. A key cannot be replaced in place. Without the previous one servers show no streams; with it a server alone loses its durable consumers, and servers of a cluster do not start. Back the streams up with their consumers, and restore them into an empty store with it: docs/keys.md.',
      ],
    ],
    [
      "another key alone",
      encrypted({ key: A }),
      encrypted({ key: B }),
      [
        'CG204 cluster "nats": jetstream.encryption.key. A key cannot be replaced in place. Without the previous one servers show no streams; with it a server alone loses its durable consumers, and servers of a cluster do not start. Back the streams up with their consumers, and restore them into an empty store with it: docs/keys.md.',
      ],
    ],
    [
      "another key of a cluster",
      { size: 3, ...encrypted({ key: A }) },
      { size: 3, ...encrypted({ key: B, previousKey: A }) },
      [
        'CG204 cluster "nats": jetstream.encryption.key. A key cannot be replaced in place. Without the previous one servers show no streams; with it a server alone loses its durable consumers, and servers of a cluster do not start. Bring the servers to it one at a time, each with an empty store that the others fill: docs/keys.md.',
      ],
    ],
    [
      "a previous key that is dropped",
      encrypted({ key: B, previousKey: A }),
      encrypted({ key: B }),
      [
        'CG109 cluster "nats": jetstream.encryption.previousKey. The previous key is dropped: a server that still holds data of it could not read it. Do so when every server has restarted with the new key.',
      ],
    ],
    [
      "another system account",
      { accounts: { A: {}, S: {} }, systemAccount: "S" },
      { accounts: { A: {}, S: {} }, systemAccount: "A" },
      [
        'CG206 cluster "nats": systemAccount "S" -> "A". The system account cannot be renamed while servers run: they would not see each other during the restart. Keep its name.',
      ],
    ],
  ])("says of %s", (_, from, to, changes) => {
    expect(planned(from, to)).toEqual(changes);
    expect(planned(from, from)).toEqual([]);
    expect(planned(to, to)).toEqual([]);
  });

  it("puts what is refused first", () => {
    expect(planned({ name: "a", maxPayload: 1 }, { name: "b" }).map((text) => text.slice(0, 5))).toEqual([
      "CG201",
      "CG101",
    ]);
  });

  it("shows nothing that may be secret", () => {
    const value = { value: "hunter2hunter2" };
    const secrets = {
      ...encrypted({ key: value, previousKey: value }),
      authorization: { user: "u", password: value, token: value },
      accounts: { A: { users: [{ user: "u", password: value }] } },
      leafNodes: { remotes: [{ urls: ["nats://h"], password: value }] },
      extraConfig: { password: "hunter2hunter2" },
      operator: { jwt: "hunter2hunter2" },
    };
    for (const changes of [planClusterChange(spec({}), spec(secrets)), planClusterChange(spec(secrets), spec({}))]) {
      expect(changes.length).toBeGreaterThan(4);
      expect(JSON.stringify(changes)).not.toContain("hunter2");
    }
  });
});
