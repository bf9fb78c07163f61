import { clusterChange } from "../../provider/cluster/cluster-change";

const UNKNOWN = "dd056dcd-154b-4c76-9bd3-c8f88648b5ff";
const cluster = (fields: object = {}) => ({ cluster: "nats", spec: { name: "nats", size: 3, ...fields } });
const encrypted = (key: string) => ({ jetstream: { encryption: { key: { secretName: "s", key } } } });

beforeAll(() => clusterChange.configure({ config: { get: () => undefined } }));

const failures = async (olds: object, news: object) =>
  (await clusterChange.check(olds as never, news as never)).failures.map(({ reason }) => reason.trim());

describe("an edit of a cluster", () => {
  it("is not judged before there is a cluster, nor before it is known", async () => {
    expect(await failures({}, cluster())).toEqual([]);
    expect(await failures(cluster(), { cluster: "nats", spec: UNKNOWN })).toEqual([]);
  });

  it("that would lose streams fails the preview", async () => {
    expect(await failures(cluster({ size: 1 }), cluster())).toEqual([
      'CG202 cluster "nats": standalone cannot change from true to false: A standalone server cannot become a cluster in place: its streams would be deleted as orphans. Nor back. Back the streams up, make a cluster beside it, restore them there, and move the clients.',
    ]);
  });

  it("of a key is judged by its name only where nobody knows what servers run with", async () => {
    const [from, to] = [cluster(encrypted("key-1")), cluster(encrypted("key-2"))];
    expect(await failures(from, to)).toEqual([expect.stringMatching(/^CG204 /)]);
    expect(await failures({ ...from, keys: { key: "a" } }, { ...to, keys: { key: "b" } })).toEqual([]);
  });

  it("of the key of the only server that stores is refused", async () => {
    const alone = { size: 1, standalone: false };
    const update = clusterChange.update(
      "nats",
      { ...cluster({ ...alone, ...encrypted("key-1") }), keys: { key: "a" } },
      { ...cluster({ ...alone, ...encrypted("key-2") }), keys: { key: "b" } },
    );
    await expect(update).rejects.toThrow(
      'CS111 server "nats-0": is the only server that stores, and cannot get another key: it would start with an empty store, and nobody could fill it. Grow the cluster to three servers first, and give the streams three replicas.',
    );
  });

  it("of a key is refused where no server can be asked", async () => {
    const update = clusterChange.update(
      "nats",
      { ...cluster(encrypted("key-1")), keys: { key: "a" } },
      { ...cluster(encrypted("key-2")), keys: { key: "b" } },
    );
    await expect(update).rejects.toThrow(/^CN100 provider "nats": nats:servers is not set/);
  });

  it("of a key that could not be brought to the servers fails the preview, before the key is made", async () => {
    const rotated = (fields: object, more: object = {}) =>
      failures({ ...cluster(fields), generation: 1 }, { ...cluster(fields), generation: 2, ...more });
    expect(await rotated({}, { managed: true })).toEqual([]);
    expect(await rotated({})).toEqual([
      'EK113 server "nats-0": previousKey the current key opens its streams, but not the log the servers share: it would not start (the server says "Can\'t start JetStream: chacha20poly1305: message authentication failed"). Bring servers to the new key one after another, each with an empty store that the others fill again: docs/keys.md.',
    ]);
    expect(await rotated({ size: 1, standalone: false }, { managed: true })).toEqual([
      expect.stringMatching(/^CS111 server "nats-0": is the only server that stores/),
    ]);
    expect(await rotated({ size: 1 }, { managed: true })).toEqual([expect.stringMatching(/^EK112 server "nats-0"/)]);
    const accepted = { managed: true, allow: [{ code: "EK112", reason: "consumers are made again" }] };
    expect(await rotated({ size: 1 }, accepted)).toEqual([]);
  });

  it("is an update when the spec or the keys change, and nothing else is", async () => {
    const { changes } = await clusterChange.diff("nats", cluster(), cluster());
    const { changes: resized } = await clusterChange.diff("nats", cluster(), cluster({ size: 5 }));
    const { changes: rekeyed } = await clusterChange.diff("nats", cluster(), { ...cluster(), keys: { key: "b" } });
    expect([changes, resized, rekeyed]).toEqual([false, true, true]);
  });
});
