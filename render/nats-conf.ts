import { type ConfigTree, type ConfigValue, isBare, isList } from "./config-tree";
import { confText } from "./server-environment";

/** The text of a `nats.conf`. Whatever is secret stays a reference to a variable. */
export function natsConf(tree: ConfigTree): string {
  return entries(tree)
    .map(([key, value]) => `${keyText(key)}: ${valueText(value, "")}\n`)
    .join("");
}

function valueText(value: ConfigValue, indent: string): string {
  if (typeof value === "string") return confText(value);
  if (typeof value === "number") return numberText(value);
  if (typeof value === "boolean") return String(value);
  const inner = `${indent}  `;
  if (isList(value))
    return block(
      "[",
      value.map((item) => inner + valueText(item, inner)),
      `${indent}]`,
    );
  if (isBare(value)) return value.bare;
  return block(
    "{",
    entries(value).map(([key, item]) => `${inner}${keyText(key)}: ${valueText(item, inner)}`),
    `${indent}}`,
  );
}

// One item a line: the parser takes what follows a number closely, such as "]", for a part of it.
const block = (open: string, lines: readonly string[], close: string) =>
  lines.length > 0 ? `${[open, ...lines].join("\n")}\n${close}` : `${open}${close.trim()}`;

const entries = (tree: ConfigTree) =>
  Object.entries(tree).flatMap(([key, value]) =>
    value === undefined || value === null ? [] : [[key, value] as const],
  );

// The parser reads a key in quotes as it stands, without escapes.
function keyText(key: string): string {
  if (/^[A-Za-z_][\w-]*$/.test(key) && key.toLowerCase() !== "include") return key;
  return key.includes('"') ? `'${key}'` : `"${key}"`;
}

// No exponents: the parser does not know them.
function numberText(number: number): string {
  return Number.isInteger(number) ? BigInt(number).toString() : number.toFixed(9).replace(/0+$/, "");
}
