import { readConsumerConfig, readStreamConfig } from "../../model/config";
import { declaredName } from "../../model/declared";
import { normalizeSpec } from "../../model/normalize";
import { mergeTopologies } from "../../model/topology-file";
import { readTopologyText } from "../../model/topology-text";
import { decodeJson, type WireConfig } from "../../model/wire";
import { declaredIn } from "../../preflight/preflight";
import { fromNack } from "../../render/nack/from-nack";
import type { CliFile } from "../../render/nats-cli/nats-cli-files";

type Fields = Readonly<Record<string, unknown>>;

/** Assets in normal form, by what messages call them. */
export type Normal = Readonly<Record<string, Fields>>;

const byName = (assets: readonly { kind: "stream" | "consumer"; spec: Fields }[]): Normal =>
  Object.fromEntries(
    assets
      .map((asset) => [declaredName(asset), normalizeSpec(asset.kind, asset.spec)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** What resources of NACK declare, without the stamps they carry. */
export function ofNack(objects: readonly Fields[]): Normal {
  const read = objects.filter(({ kind }) => kind === "Stream" || kind === "Consumer").map(fromNack);
  expect(read.flatMap(({ findings }) => findings)).toEqual([]);
  return byName(read.map(({ declared }) => declared as never));
}

/** What the ConfigMap of a provisioning job declares. */
export function ofJob(objects: readonly Fields[]): Normal {
  const { sources, findings } = readTopologyText("topology.json", jobTopology(objects));
  const set = mergeTopologies(sources);
  expect([...findings, ...set.findings]).toEqual([]);
  return byName(declaredIn(set.topology) as never);
}

/** The file the job applies. */
export function jobTopology(objects: readonly Fields[]): string {
  const map = objects.find(({ kind }) => kind === "ConfigMap") as { data: Record<string, string> };
  return Object.values(map.data)[0] as string;
}

/** What files of the `nats` tool declare. */
export function ofCli(files: readonly CliFile[]): Normal {
  return byName(
    files.flatMap(({ path, kind, text }) => {
      if (kind === "script") return [];
      const config = decodeJson(text) as WireConfig;
      const stream = path.split("/")[1] as string;
      const { spec } = kind === "consumer" ? readConsumerConfig(stream, config) : readStreamConfig(config);
      return [{ kind: kind === "consumer" ? "consumer" : "stream", spec }] as const;
    }),
  );
}

/** What a program registers with Pulumi's engine. */
export function ofPulumi(resources: readonly { type: string; inputs: Fields }[]): Normal {
  const kinds = { Stream: "stream", Consumer: "consumer" } as const;
  return byName(
    resources.flatMap(({ type, inputs }) => {
      const kind = kinds[type.split(":").at(-1) as keyof typeof kinds];
      return kind ? [{ kind, spec: inputs }] : [];
    }),
  );
}
