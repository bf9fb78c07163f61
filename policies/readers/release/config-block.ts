import type { Path } from "../../../model/place";
import { CONFIG_ALIASES } from "../../../render/config-origins";
import { canonical } from "../../../render/config-path";
import { type ConfigTree, type ConfigValue, isBare, isTree } from "../../../render/config-tree";

/** A key of a configuration under the name the server knows first, and where the text has it. */
export interface ConfigKey {
  readonly key: string;
  readonly value: ConfigValue;
  readonly path: Path;
}

/** The keys of the whole configuration. One that has a place in a block, as `store_dir` has, is among those of the block. */
export function topKeys(tree: ConfigTree): ConfigKey[] {
  const keys = keysIn(tree, []).map((one) => ({ ...one, key: canonical(one.key) }));
  const inBlocks = keys.filter(({ key }) => key.includes("."));
  const whole = keys.filter(({ key }) => !key.includes("."));
  return inBlocks.reduce((all, { key, value, path }) => {
    const [block = "", inner = ""] = key.split(".");
    const known = all.find((one) => one.key === block);
    const held = known && isBlock(known.value) ? known.value : {};
    const merged: ConfigKey = { key: block, path: known?.path ?? path, value: { [inner]: value, ...held } };
    return [...all.filter((one) => one !== known), merged];
  }, whole);
}

/** The keys of a block, by its name. */
export function blockKeys(block: string, { value, path }: Pick<ConfigKey, "value" | "path">): ConfigKey[] {
  const aliases = CONFIG_ALIASES[block] ?? {};
  return keysIn(value, path).map((one) => ({ ...one, key: aliases[one.key] ?? one.key }));
}

/** The keys of a map in lower case: the server reads them in any. */
export function keysIn(value: ConfigValue, path: Path): ConfigKey[] {
  if (!isBlock(value)) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    item === undefined ? [] : [{ key: key.toLowerCase(), value: item, path: [...path, key] }],
  );
}

export const isBlock = (value: unknown): value is ConfigTree => isTree(value) && !isBare(value);
