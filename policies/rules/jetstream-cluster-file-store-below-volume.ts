import { sizeOf } from "../../model/amounts";
import { VOLUME_SHARE } from "../../model/cluster/effective";
import { formatBytes, parseBytes } from "../../model/units";
import { unlessHidden } from "../../preflight/asset";
import { addedKeys } from "../../render/added-config";
import { share } from "../options";
import { defineRule } from "../rule";

/** What a server takes of the disk when it may take what it wants. server/jetstream.go JetStreamMaxStoreDefault. */
const UNLIMITED_SHARE = 0.75;

/** Streams leave room on the volume they are on. */
export const clusterFileStoreBelowVolume = defineRule({
  id: "jetstream-cluster-file-store-below-volume",
  title: "Streams leave room on the volume of their server",
  severity: "high",
  levels: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  why: "A volume also holds the servers' own logs, and room to compact streams in. A full one makes a server turn JetStream off, with every stream on it. Without a volume, what a server stores is gone with its pod.",
  fix: "Set jetstream.volume.size, and leave jetstream.maxFileStore out: it is 80 % of the volume.",
  topics: ["capacity", "durability"],
  frameworks: ["ISO/IEC 27001:2022 A.8.6", "SOC 2 A1.2"],
  options: { share: share(VOLUME_SHARE, "Largest share of the volume that streams may take.") },
  on: "cluster",
  example: {
    fails: { name: "nats", size: 3, jetstream: { volume: { size: "100GiB" }, maxFileStore: "95GiB" } },
    passes: { name: "nats", size: 3, jetstream: { volume: { size: "100GiB" } } },
  },
  *find({ spec }, { share }) {
    const { jetstream = {} } = spec;
    const store = unlessHidden(() => ({ given: jetstream.maxFileStore }));
    const volume = unlessHidden(() => ({ size: jetstream.volume?.size }));
    if (!store || !volume || parseBytes(store.given) === 0n) return;
    if (addedKeys(spec).some(({ key, value }) => /^jetstream\.enabled?$/.test(key) && value === false)) return;
    const size = parseBytes(volume.size);
    if (size === undefined) {
      const problem = "is not set: what a server stores is gone with its pod";
      yield { field: "jetstream.volume", problem, remedy: "Set its size." };
      return;
    }
    const room = portion(size, share);
    const given = parseBytes(store.given);
    const isUnlimited = given !== undefined && given < 0n;
    const most =
      given === undefined ? portion(size, VOLUME_SHARE) : isUnlimited ? portion(size, UNLIMITED_SHARE) : given;
    if (most <= room) return;
    const says = given === undefined ? `${percent(VOLUME_SHARE)} of the volume where it is not set` : sizeOf(most);
    yield {
      field: "jetstream.maxFileStore",
      value: store.given,
      problem: `is ${says}, above ${percent(share)} of the volume, ${sizeOf(room)}`,
      remedy: `Set it to ${formatBytes((room >> 20n) << 20n)} at most, or raise jetstream.volume.size.`,
    };
  },
});

const portion = (bytes: bigint, share: number) => BigInt(Math.floor(Number(bytes) * share));
const percent = (share: number) => `${Math.round(share * 100)} %`;
