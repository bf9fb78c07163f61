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
  const assets = cliAssets(topology);
  const files = assets.map((asset): CliFile => ({ path: pathOf(asset), kind: asset.kind, text: jsonOf(asset) }));
  return { files: [...files, { path: "apply.sh", kind: "script", text: script(assets) }], findings: [] };
}

const pathOf = ({ stream, consumer }: CliAsset) =>
  consumer === undefined ? `streams/${stream}.json` : `consumers/${stream}/${consumer}.json`;

const jsonOf = ({ config }: CliAsset) => `${encodeJson(config, 2)}\n`;

function script(assets: readonly CliAsset[]): string {
  const lines = assets.map((asset) =>
    asset.consumer === undefined
      ? `nats stream add --config ${quoted(pathOf(asset))}`
      : `nats consumer add ${quoted(asset.stream)} --config ${quoted(pathOf(asset))}`,
  );
  return ["#!/bin/sh", "set -e", 'cd "$(dirname "$0")"', ...lines, ""].join("\n");
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
