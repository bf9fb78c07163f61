import { type ConfigValue, isBare, isList, isTree } from "../config-tree";

/** Values of a chart: plain JSON. */
export type Values = { readonly [key: string]: unknown };

/** A configuration's value as the chart takes it: text without quotes is written `<< $NAME >>`. */
export function chartValue(value: ConfigValue | undefined): unknown {
  if (isBare(value)) return `<< ${value.bare} >>`;
  if (isList(value)) return value.map(chartValue);
  if (!isTree(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, chartValue(item)]));
}

/** The keys a block of the configuration has besides those the chart writes itself. */
export function remaining(block: ConfigValue | undefined, written: readonly string[]): Values {
  if (!isTree(block)) return {};
  const kept = Object.entries(block).filter(([key]) => !written.includes(key));
  return chartValue(Object.fromEntries(kept)) as Values;
}

/** Without what is `undefined`, at any depth. */
export function compact(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, isMap(value) ? compact(value) : value]],
    ),
  );
}

/** `over` laid upon `base`, as Helm does: maps are merged, lists replaced. */
export function mergeValues(base: Values, over: Values): Values {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key];
    merged[key] = isMap(before) && isMap(value) ? mergeValues(before, value) : value;
  }
  return merged;
}

export function isMap(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
