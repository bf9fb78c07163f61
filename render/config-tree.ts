/** Text the server reads without quotes: a variable, `$NAME`, or an amount, `8GiB`. */
export interface Bare {
  readonly bare: string;
}

/** The server's configuration as plain data, keys in the server's own words. `undefined` is a key that is not there. */
export interface ConfigTree {
  readonly [key: string]: ConfigValue | undefined;
}

export type ConfigValue = string | number | boolean | Bare | readonly ConfigValue[] | ConfigTree;

/** A reference to an environment variable of the server. */
export const variable = (name: string): Bare => ({ bare: `$${name}` });

export function isBare(value: unknown): value is Bare {
  return isTree(value) && typeof value.bare === "string" && Object.keys(value).length === 1;
}

export function isTree(value: unknown): value is ConfigTree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Without the keys that are not there, at any depth. */
export function sparse(tree: ConfigTree): ConfigTree {
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, value]) => (value === undefined ? [] : [[key, sparseValue(value)]])),
  );
}

function sparseValue(value: ConfigValue): ConfigValue {
  if (isList(value)) return value.map(sparseValue);
  return isTree(value) && !isBare(value) ? sparse(value) : value;
}

/** The same tree, or `undefined` where it has no key. */
export function unlessEmpty(tree: ConfigTree): ConfigTree | undefined {
  return Object.values(tree).some((value) => value !== undefined) ? tree : undefined;
}

export const isList = (value: unknown): value is readonly ConfigValue[] => Array.isArray(value);

/** `over` laid upon `base`: maps are merged at any depth, everything else is replaced. */
export function mergeTrees(base: ConfigTree, over: ConfigTree): ConfigTree {
  const merged: Record<string, ConfigValue | undefined> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key];
    const bothMaps = isTree(before) && isTree(value) && !isBare(before) && !isBare(value);
    merged[key] = bothMaps ? mergeTrees(before, value) : value;
  }
  return merged;
}
