import type { Path } from "../../../model/place";
import { type Bare, type ConfigTree, type ConfigValue, isBare, isList, isTree } from "../../../render/config-tree";
import { ConfError, type ConfText, confTextOf, type TextPlace } from "./nats-conf-text";

/** A configuration as it is written: variables of the environment stay references, `{ bare: "$NAME" }`. */
export interface ReadConf {
  readonly tree: ConfigTree;
  /** Place of a path, or of its nearest ancestor that is written in this text. */
  readonly place: (path: Path) => TextPlace;
  /** Files it includes that could not be found: what they say is not known. */
  readonly missing: readonly Included[];
}

/** A file that is included. */
export interface Included {
  readonly file: string;
  readonly at: TextPlace;
}

/** A text that cannot be read. */
export interface UnreadConf {
  readonly problem: string;
  readonly at: TextPlace;
}

/** Text of an included file, where there is one. */
export type FindIncluded = (file: string) => string | undefined;

/**
 * Reads a `nats.conf`: what the chart and Headwater write, and what the server's own parser takes beside it. Variables that
 * are set in the text are replaced.
 */
export function readNatsConf(text: string, find: FindIncluded = () => undefined): ReadConf | UnreadConf {
  const places = new Map<string, TextPlace>();
  const missing: Included[] = [];
  try {
    const reading: Reading = { text: confTextOf(text), find, note: (path, at) => places.set(keyOf(path), at), missing };
    const tree = readTop(reading);
    const place = (path: Path) => {
      for (let length = path.length; length > 0; length--) {
        const at = places.get(keyOf(path.slice(0, length)));
        if (at) return at;
      }
      return START;
    };
    return { tree, place, missing };
  } catch (error) {
    if (error instanceof ConfError) return { problem: error.problem, at: error.at };
    throw error;
  }
}

const START: TextPlace = { line: 1, column: 1 };
const MOST_DEPTH = 50;
const keyOf = (path: Path) => JSON.stringify(path);

interface Reading {
  readonly text: ConfText;
  readonly find: FindIncluded;
  readonly note: (path: Path, at: TextPlace) => void;
  readonly missing: Included[];
}

type Scope = readonly Record<string, ConfigValue>[];

// A configuration may stand in braces as a whole, as JSON does.
function readTop(reading: Reading): ConfigTree {
  const { text } = reading;
  text.skip();
  const isBraced = text.peek() === "{";
  if (isBraced) text.take();
  const tree = readMap(reading, [], [], isBraced ? "}" : "");
  text.skip(isBraced ? "" : "}");
  if (text.peek() !== "") text.fail("does not end after the last brace");
  return tree;
}

function readMap(reading: Reading, path: Path, outer: Scope, end: string): ConfigTree {
  const { text } = reading;
  const map: Record<string, ConfigValue> = {};
  if (path.length > MOST_DEPTH) text.fail("has too many blocks in each other");
  for (;;) {
    text.skip(",;");
    if (text.peek() === "" && end !== "") text.fail(`ends before ${JSON.stringify(end)}`);
    if (text.peek() === end || (text.peek() === "}" && end === "")) break;
    readEntry(reading, path, map, [map, ...outer], end);
  }
  if (end !== "") text.take();
  return map;
}

function readEntry(reading: Reading, path: Path, map: Record<string, ConfigValue>, scope: Scope, end: string): void {
  const { text, note } = reading;
  const at = text.place();
  const key = readKey(text);
  if (key.toLowerCase() === "include" && text.match(/[ \t]+(?![:=])/y)) {
    Object.assign(map, included(reading, at));
    return;
  }
  text.match(/\s*[:=]?[ \t]*/y);
  if (end === "}" && path.length > 0) text.match(/\s*/y);
  note([...path, key], at);
  map[key] = readValue(reading, [...path, key], scope);
  text.match(/[ \t]+/y);
  if (!/^[\r\n,;}#/]?$/.test(text.peek())) text.fail(`has ${JSON.stringify(text.peek())} where a value ends`);
}

function readKey(text: ConfText): string {
  const quoted = text.match(/"[^"]*"|'[^']*'/y);
  if (quoted !== undefined) return quoted.slice(1, -1);
  const key = text.match(/[^\s:="'{}[\],;]+/y);
  return key ?? text.fail(`has ${JSON.stringify(text.peek())} where a key begins`);
}

function included({ text, find, missing, note }: Reading, at: TextPlace): ConfigTree {
  const [quoted, bare] = [text.match(/"[^"\n]*"|'[^'\n]*'/y), text.match(/[^\s;}'"]+/y)];
  const file = quoted?.slice(1, -1) ?? bare ?? text.fail("has an include without a file");
  const inner = find(file);
  if (inner === undefined) {
    missing.push({ file, at });
    return {};
  }
  // Places in another file are where it is included. What it includes itself is not followed.
  const read = readNatsConf(inner);
  if ("problem" in read) throw new ConfError(`includes ${file}, which ${read.problem}`, at);
  missing.push(...read.missing.map((one) => ({ ...one, at })));
  for (const key of Object.keys(read.tree)) note([key], at);
  return read.tree;
}

function readValue(reading: Reading, path: Path, scope: Scope): ConfigValue {
  const { text } = reading;
  const first = text.peek();
  if (first === "{") {
    text.take();
    return readMap(reading, path, scope, "}");
  }
  if (first === "[") return readList(reading, path, scope);
  if (first === '"') return readQuoted(text);
  if (first === "'") return text.match(/'[^']*'/y)?.slice(1, -1) ?? text.fail("has a text that does not end");
  if (first === "(")
    return (
      text.match(/\((?:[^\n]|\n(?!\)\s*(?:\n|$)))*\n\)/y)?.slice(1, -1) ?? text.fail("has a text that does not end")
    );
  return bareValue(text, scope);
}

function readList(reading: Reading, path: Path, scope: Scope): ConfigValue {
  const { text, note } = reading;
  const items: ConfigValue[] = [];
  text.take();
  for (;;) {
    text.skip(",");
    if (text.peek() === "") text.fail('ends before "]"');
    if (text.peek() === "]") break;
    const at = [...path, items.length];
    note(at, text.place());
    items.push(readValue(reading, at, scope));
  }
  text.take();
  return items;
}

const ESCAPES: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", '"': '"', "\\": "\\" };

function readQuoted(text: ConfText): string {
  const quoted = text.match(/"(?:[^"\\]|\\[\s\S])*"/y) ?? text.fail("has a text that does not end");
  return quoted
    .slice(1, -1)
    .replace(/\\(?:x([0-9a-fA-F]{2})|([\s\S]))/g, (_, hex?: string, sign = "") =>
      hex === undefined ? (ESCAPES[sign] ?? text.fail("has an escape no server knows")) : byte(hex),
    );
}

const byte = (hex: string) => String.fromCharCode(Number.parseInt(hex, 16));

const BOOLEANS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  false: false,
  no: false,
  off: false,
};

function bareValue(text: ConfText, scope: Scope): ConfigValue {
  const bare = text.match(/[^\s,;\]}'\\]+/y) ?? text.fail("has no value");
  const known = Object.hasOwn(BOOLEANS, bare.toLowerCase()) ? BOOLEANS[bare.toLowerCase()] : undefined;
  if (known !== undefined) return known;
  if (bare.startsWith("$")) return variable(bare, scope);
  return amountIn(bare) ?? bare;
}

// A hash made by bcrypt begins like a variable.
function variable(bare: string, scope: Scope): ConfigValue {
  if (bare.startsWith("$2a$")) return bare;
  const name = bare.slice(1);
  const block = scope.find((one) => Object.hasOwn(one, name));
  return block?.[name] ?? { bare };
}

// conf/parse.go: `k` counts thousands, `kb`, `ki` and `kib` count 1,024.
function amountIn(bare: string): number | undefined {
  const [, digits, fraction, unit = "", binary = ""] = /^(-?\d+)(\.\d+)?(?:([kmgtpe])(b|i|ib)?)?$/i.exec(bare) ?? [];
  if (digits === undefined || (fraction && unit)) return undefined;
  const factor = (binary ? 1024 : 1000) ** ("kmgtpe".indexOf(unit.toLowerCase()) + 1);
  return Number(digits + (fraction ?? "")) * (unit ? factor : 1);
}

/** A value with every reference to a variable as the chart's values and `extraConfig` write it: `<< $NAME >>`. */
export function asExtra(value: ConfigValue): unknown {
  if (isBare(value)) return `<< ${(value as Bare).bare} >>`;
  if (isList(value)) return value.map(asExtra);
  if (!isTree(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (one === undefined ? [] : [[key, asExtra(one)]])),
  );
}
