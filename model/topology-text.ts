import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  visit,
  type YAMLMap,
} from "yaml";
import type { LocatedFinding, Path, Place } from "./place";
import { fileFinding, type ReadSources, type TopologySource } from "./topology-source";

// Far above what templates need, far below what a document made to exhaust memory does.
const MOST_ALIASES = 10_000;
const SYNTAX = "Correct the syntax.";

/** Reads the documents of a YAML or JSON text, keeping where everything is written. */
export function readTopologyText(file: string, text: string): ReadSources {
  const lines = new LineCounter();
  const options = {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: "error",
    merge: true,
    intAsBigInt: true,
    // Looked for below: the parser compares each key with every other one.
    uniqueKeys: false,
  } as const;
  const parsed = parseAllDocuments(text, options);
  const documents: readonly Document.Parsed[] = Array.isArray(parsed) ? parsed : [];
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const read = documents.map((document) => readDocument(document, file, placeAt, text));
  const findings = read.flatMap((found) => (Array.isArray(found) ? found : []));
  const sources = read.flatMap((found) => (found && !Array.isArray(found) ? [found as TopologySource] : []));
  if (findings.length > 0 || sources.length > 0) return { sources, findings };
  const remedy = "Declare a topology in it, or leave the file out.";
  return { sources, findings: [fileFinding({ file }, "TF101", "", "is empty", remedy)] };
}

type PlaceAt = (offset: number) => Place;

function readDocument(
  document: Document.Parsed,
  file: string,
  placeAt: PlaceAt,
  text: string,
): TopologySource | readonly LocatedFinding[] | undefined {
  const unparsed = [...document.errors, ...document.warnings].map(({ message, pos }) => ({ message, at: pos[0] }));
  const problems = [...unparsed, ...twinKeys(document)].sort((a, b) => a.at - b.at);
  const broken = problems.length > 0 ? problems : badAliases(document);
  if (broken.length > 0)
    return broken.map(({ message, at }) => syntaxFinding(placeAt(at), lowerFirst(message.replace(/\.$/, ""))));
  try {
    const value = plain(document.toJS({ maxAliasCount: MOST_ALIASES }), new Map());
    if (value === null || value === undefined) return undefined;
    const place = (path: Path) => placeAt(offsetOf(document, path));
    const placeInText = (path: Path, line: number, column: number) =>
      placeInBlock(document, path, { line, column }, text, placeAt) ?? place(path);
    return { file, value, place, placeInText };
  } catch (error) {
    return [syntaxFinding(placeAt(document.range[0]), lowerFirst((error as Error).message))];
  }
}

// A text of several lines begins on the line after its header, and each line behind the indentation.
function placeInBlock(
  document: Document.Parsed,
  path: Path,
  { line, column }: { line: number; column: number },
  text: string,
  placeAt: PlaceAt,
): Place | undefined {
  const node = path.reduce<unknown>(
    (inner, key) => stepInto(document, resolved(document, inner), key)?.value,
    document.contents,
  );
  if (!isScalar(node) || node.type !== "BLOCK_LITERAL" || !node.range) return undefined;
  const [header, ...rest] = text.slice(node.range[0], node.range[1]).split("\n");
  const begin = node.range[0] + (header ?? "").length + 1;
  const before = rest.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const first = rest.find((one) => one.trim() !== "") ?? "";
  const own =
    String(node.value)
      .split("\n")
      .find((one) => one.trim() !== "") ?? "";
  const indent = first.length - first.trimStart().length - (own.length - own.trimStart().length);
  return placeAt(begin + before + Math.max(0, indent) + column - 1);
}

function twinKeys(document: Document.Parsed): { message: string; at: number }[] {
  const found: { message: string; at: number }[] = [];
  visit(document, {
    Map(_, { items }) {
      const keys = items.map(({ key }) => key).filter(isScalar);
      const seen = new Set<unknown>();
      for (const { value, range } of keys) {
        if (seen.has(value))
          found.push({ message: `key ${JSON.stringify(String(value))} comes twice in one map`, at: range?.[0] ?? 0 });
        seen.add(value);
      }
    },
  });
  return found;
}

function syntaxFinding(place: Place, message: string): LocatedFinding {
  return fileFinding(place, "TF101", "", `cannot be parsed: ${message}`, SYNTAX);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function badAliases(document: Document.Parsed): { message: string; at: number }[] {
  const found: { message: string; at: number }[] = [];
  visit(document, {
    Alias(_, node, ancestors) {
      const target = node.resolve(document);
      const at = node.range?.[0] ?? 0;
      if (!target) found.push({ message: `alias *${node.source} has no anchor before it`, at });
      else if (ancestors.includes(target)) found.push({ message: `alias *${node.source} contains itself`, at });
    },
  });
  return found;
}

// Whole numbers are read with every digit: beyond 2^53 they go on as decimal text, as the model wants them.
function plain(value: unknown, done: Map<object, unknown>): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (typeof value !== "object" || value === null) return value;
  const known = done.get(value);
  if (known) return known;
  const result = Array.isArray(value)
    ? value.map((item) => plain(item, done))
    : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item, done)]));
  done.set(value, result);
  return result;
}

function offsetOf(document: Document.Parsed, path: Path): number {
  let node: unknown = document.contents;
  let at = document.contents?.range?.[0] ?? document.range[0];
  for (const key of path) {
    const step = stepInto(document, resolved(document, node), key);
    if (!step) break;
    node = step.value;
    at = step.at ?? at;
  }
  return at;
}

interface Step {
  readonly value: unknown;
  readonly at?: number;
}

// A field of a map is where its key stands, an item of a list where it begins.
function stepInto(document: Document.Parsed, node: unknown, key: string | number): Step | undefined {
  if (isSeq(node)) {
    const value = typeof key === "number" ? (node.items[key] as Node | undefined) : undefined;
    return value && { value, at: value.range?.[0] };
  }
  if (!isMap(node)) return undefined;
  const own = pairsOf(node).get(String(key));
  if (own) return { value: own.value, at: (own.key as Node).range?.[0] };
  const merges = node.items.filter((pair) => isScalar(pair.key) && pair.key.source === "<<");
  for (const merged of merges.flatMap(({ value }) => mergedNodes(document, value))) {
    const step = stepInto(document, merged, key);
    if (step) return step;
  }
  return undefined;
}

// Thousands of findings may be about fields of one map of thousands of streams.
const pairs = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

function pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
  const known = pairs.get(map);
  if (known) return known;
  // A key that comes twice counts where it comes first.
  const byKey = new Map(
    map.items.toReversed().flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair]] : [])),
  );
  pairs.set(map, byKey);
  return byKey;
}

function mergedNodes(document: Document.Parsed, value: unknown): unknown[] {
  const node = resolved(document, value);
  return isSeq(node) ? node.items.map((item) => resolved(document, item)) : [node];
}

function resolved(document: Document.Parsed, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}
