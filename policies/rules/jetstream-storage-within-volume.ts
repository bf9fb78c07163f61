import { sizeOf } from "../../model/amounts";
import { parseBytes } from "../../model/units";
import { type StreamAsset, unlessHidden } from "../../preflight/asset";
import { limit } from "../../preflight/values";
import { bytes, integer, share } from "../options";
import { defineRule } from "../rule";
import type { System } from "../system";

/** What streams may grow to has to fit on the volumes. */
export const storageWithinVolume = defineRule({
  id: "jetstream-storage-within-volume",
  title: "All streams together fit on a share of the cluster's volumes",
  severity: "high",
  levels: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  why: "A server reserves nothing for streams of files until they are full: a cluster takes more streams than it has disk for. When the volume is full JetStream turns itself off on that server, with every stream on it.",
  fix: "Lower maxBytes, use larger volumes, or keep fewer replicas of what may be lost.",
  topics: ["capacity"],
  frameworks: ["ISO/IEC 27001:2022 A.8.6"],
  options: {
    share: share(0.8, "Share of the volumes that streams may take."),
    volume: bytes("", "Volume of each server, where no cluster is declared beside the streams."),
    servers: integer(1, 99, 3, "Servers, where no cluster is declared beside the streams."),
  },
  on: "system",
  example: {
    fails: [
      { name: "nats", size: 3, jetstream: { volume: { size: "10GiB" } } },
      { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], maxBytes: "9GiB", replicas: 3 } } },
    ],
    passes: [
      { name: "nats", size: 3, jetstream: { volume: { size: "20GiB" } } },
      { streams: { ORDERS_V1: { subjects: ["orders.v1.>"], maxBytes: "9GiB", replicas: 3 } } },
    ],
  },
  *find(system, { share, volume, servers }) {
    const room = volumesOf(system) ?? (volume === "" ? undefined : volumeOf(volume, servers));
    if (!room) return;
    const streams = system.accounts.flatMap((account) => account.streams);
    const asked = streams.reduce((sum, stream) => sum + bytesOnDisk(stream), 0n);
    const most = BigInt(Math.floor(Number(room.bytes) * share));
    if (asked <= most) return;
    const problem = `streams may grow to ${sizeOf(asked)} with their replicas, above ${percent(share)} of ${room.says}, ${sizeOf(most)}`;
    const largest = streams.toSorted((a, b) => Number(bytesOnDisk(b) - bytesOnDisk(a)))[0] as StreamAsset;
    yield { about: room.about ?? { kind: largest.kind, name: largest.name }, field: room.field, problem };
  },
});

interface Room {
  readonly bytes: bigint;
  readonly says: string;
  readonly field: string;
  readonly about?: { readonly kind: "cluster"; readonly name: string };
}

// One cluster is what the streams are for; among several nobody says which.
function volumesOf({ clusters }: System): Room | undefined {
  const [cluster] = clusters;
  if (!cluster || clusters.length > 1) return undefined;
  return unlessHidden(() => {
    const { volume } = cluster.spec.jetstream ?? {};
    if (!volume) return undefined;
    const about = { kind: "cluster", name: cluster.name } as const;
    return { ...volumeOf(volume.size, cluster.effective.size), field: "jetstream.volume.size", about };
  });
}

function volumeOf(size: string | number, servers: number): Room {
  const bytes = (parseBytes(size) ?? 0n) * BigInt(servers);
  return { bytes, says: `${servers} × ${sizeOf(bytes / BigInt(servers))} of volumes`, field: "maxBytes" };
}

// What has no bound is said elsewhere.
function bytesOnDisk({ spec }: StreamAsset): bigint {
  const asked = unlessHidden(() => {
    const { maxBytes, replicas = 1, storage = "file" } = spec;
    return storage === "file" ? (limit(maxBytes) ?? 0n) * BigInt(replicas) : 0n;
  });
  return asked ?? 0n;
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
