import type { AssetKind, Finding } from "./finding";
import { formatPlace, type LocatedFinding, type Path, type Place, parsePath } from "./place";
import { headFindings, looksLikeTopology, metadataFindings } from "./topology-shape";
import { fileFinding, type TopologySource } from "./topology-source";
import { isObject } from "./walk";

type Fields = Readonly<Record<string, unknown>>;

/** What a document of its own declares, and where it is declared. */
export interface NamedDocument<Spec> {
  /** `?` where it has none. */
  readonly name: string;
  /** As it is written: whether that has the right shape is judged elsewhere. */
  readonly spec: Spec;
  readonly place: Place;
  /** Gives findings about it the place they are about. */
  readonly locate: (findings: readonly Finding[]) => LocatedFinding[];
}

/** One kind of such documents. */
export interface DocumentKind<Spec> {
  /** Its word in a document's `kind`. */
  readonly document: string;
  /** Its word in messages. */
  readonly kind: AssetKind;
  /** True for what can only be meant as one, where a program says no kind. */
  readonly isMeant: (value: unknown) => boolean;
  /** What makes two of one name two. @default - nothing */
  readonly space?: (spec: Spec) => unknown;
  /** What to do about two of one name. */
  readonly twinRemedy: string;
}

const UNNAMED = "?";

/** Reads the documents of one kind; what else there is, is left to others. One that is declared twice counts once, where it came first. */
export function readNamed<Spec>(sources: readonly TopologySource[], kind: DocumentKind<Spec>) {
  const read = sources.filter((source) => isOne(source, kind)).map((source) => readOne(source, kind));
  const first = new Map<string, NamedDocument<Spec>>();
  const twins: LocatedFinding[] = [];
  const found = read.flatMap(({ one }) => {
    const key = JSON.stringify([kind.space?.(one.spec) ?? null, one.name]);
    const known = first.get(key);
    if (known) twins.push(twinFinding(one, known, kind));
    else if (one.name !== UNNAMED) first.set(key, one);
    return known ? [] : [one];
  });
  return { found, findings: [...read.flatMap(({ findings }) => findings), ...twins] };
}

function isOne<Spec>({ value, isProgram }: TopologySource, { isMeant, document }: DocumentKind<Spec>): boolean {
  if (isProgram) return isMeant(value) && !looksLikeTopology(value);
  return isObject(value) && value.kind === document;
}

function readOne<Spec>(source: TopologySource, { document }: DocumentKind<Spec>) {
  const { apiVersion: _, kind, metadata, ...fields } = source.value as Fields;
  const isDocument = kind === document;
  const named = isObject(metadata) ? metadata.name : undefined;
  const written: Fields = { ...fields, ...(isDocument && { name: named }) };
  const name = typeof written.name === "string" ? written.name : UNNAMED;
  const pathOf = (field: string): Path => (isDocument && field === "name" ? ["metadata", "name"] : parsePath(field));
  const locate = (findings: readonly Finding[]) =>
    findings.map((finding) => {
      const path = pathOf(finding.field);
      return { ...finding, field: path[0] === "metadata" ? path.join(".") : finding.field, ...source.place(path) };
    });
  const one: NamedDocument<Spec> = { name, spec: written as Spec, place: source.place([]), locate };
  return { one, findings: isDocument ? documentFindings(source, source.value as Fields) : [] };
}

// What is said of a name there is none of or that is no text is said with the rest of the shape.
function documentFindings(source: TopologySource, value: Fields): LocatedFinding[] {
  const { metadata } = value;
  const unnamed = isObject(metadata) ? { ...metadata, name: "" } : metadata;
  const found = [...headFindings(source, value), ...metadataFindings(source, unnamed)];
  if (value.name === undefined) return found;
  return [...found, fileFinding(source.place(["name"]), "TF104", "name", "is given by metadata.name", "Remove it.")];
}

function twinFinding<Spec>(
  { name, place }: NamedDocument<Spec>,
  known: NamedDocument<Spec>,
  { kind, twinRemedy: remedy }: DocumentKind<Spec>,
): LocatedFinding {
  const problem = `is declared more than once, first at ${formatPlace(known.place)}`;
  return { code: "TF105", severity: "error", kind, name, field: "", problem, remedy, ...place };
}
