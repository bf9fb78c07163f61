import type { Finding, SpecKind } from "../../model/finding";
import type { TopologySpec } from "../../model/topology-spec";
import { encodeJson } from "../../model/wire";
import { type CliAsset, cliAssets } from "./cli-asset";

/** A file for the `nats` tool. */
export interface CliFile {
  /** Below the folder everything is written to. */
  readonly path: string;
  /** What the file declares; `script` is the one with the commands. */
  readonly kind: SpecKind | "script";
  readonly text: string;
}

/** A topology as files the `nats` tool takes with `--config`, one for each asset, and a script with the commands. */
export function natsCliFiles(topology: TopologySpec): { files: CliFile[]; findings: Finding[] } {
  const assets = placed(cliAssets(topology));
  const files = assets.map(({ path, kind, config }): CliFile => ({ path, kind, text: `${encodeJson(config, 2)}\n` }));
  return { files: [...files, { path: "apply.sh", kind: "script", text: script(assets) }], findings: [] };
}

interface PlacedAsset extends CliAsset {
  readonly path: string;
}

// Names that differ in the case of letters alone are one file on some machines.
function placed(assets: readonly CliAsset[]): PlacedAsset[] {
  const taken = new Map<string, number>();
  return assets.map((asset) => {
    const { stream, consumer } = asset;
    const path = consumer === undefined ? `streams/${stream}` : `consumers/${stream}/${consumer}`;
    const before = taken.get(path.toLowerCase()) ?? 0;
    taken.set(path.toLowerCase(), before + 1);
    return { ...asset, path: `${path}${before > 0 ? `~${before}` : ""}.json` };
  });
}

function script(assets: readonly PlacedAsset[]): string {
  const lines = assets.map((asset) =>
    asset.consumer === undefined
      ? `nats stream add --config ${quoted(asset.path)}`
      : `nats consumer add --config ${quoted(asset.path)} -- ${quoted(asset.stream)}`,
  );
  return ["#!/bin/sh", "set -e", 'cd "$(dirname "$0")"', ...lines, ""].join("\n");
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
