import { CONFIG_ALIASES } from "./config-origins";
import { type ConfigTree, isBare, isTree } from "./config-tree";

/** A dotted path of the server's configuration under the name the server knows first: it reads keys in any case, and several names for one. */
export function canonical(path: string): string {
  const [first = "", ...rest] = path.split(".");
  const top = CONFIG_ALIASES[""]?.[first.toLowerCase()] ?? first.toLowerCase();
  const [second, ...deeper] = rest;
  if (second === undefined) return top;
  return [top, CONFIG_ALIASES[top]?.[second.toLowerCase()] ?? second, ...deeper].join(".");
}

/** Every value of a tree that is no map, and empty maps, by dotted path. */
export function leaves(tree: ConfigTree, prefix = ""): [path: string, value: unknown][] {
  return Object.entries(tree).flatMap(([key, value]): [string, unknown][] => {
    const isBranch = isTree(value) && !isBare(value) && Object.keys(value).length > 0;
    return isBranch ? leaves(value, `${prefix}${key}.`) : [[prefix + key, value]];
  });
}
