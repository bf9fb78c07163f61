import type { Declared } from "../../model/declared";
import { declaredName } from "../../model/declared";
import type { LocatedFinding, Path } from "../../model/place";
import { parsePath } from "../../model/place";
import { API_VERSION } from "../../model/topology-shape";
import type { ReadSources, TopologySource } from "../../model/topology-source";
import { isObject } from "../../model/walk";
import { accountKey, readConnection } from "./connection";
import { meantFields } from "./meant-fields";
import { nackRows } from "./nack-rows";
import { isNackObject, readNack } from "./read-nack";
import { nackPathOf } from "./rows";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Sources of files in which every resource of NACK is the topology it declares, with places in the manifest; a `List` is
 * taken apart. Everything else comes back as it was. Findings are about the resources themselves.
 */
export function manifestSources(sources: readonly TopologySource[]): ReadSources {
  const read = sources.map((source) =>
    holdsNack(source.value) ? readManifest(source) : { sources: [source], findings: [] },
  );
  return { sources: read.flatMap((one) => one.sources), findings: read.flatMap((one) => one.findings) };
}

function isList(value: unknown): value is Fields & { readonly items: readonly unknown[] } {
  return isObject(value) && value.kind === "List" && value.apiVersion === "v1" && Array.isArray(value.items);
}

function holdsNack(value: unknown): boolean {
  return isNackObject(value) || (isList(value) && value.items.some(isNackObject));
}

function readManifest(source: TopologySource): ReadSources {
  const { value } = source;
  if (!isList(value)) return readResource(source, value as Fields, []);
  const read = value.items.map((item, i) => {
    const path = ["items", i];
    const within = { file: source.file, value: item, place: (inner: Path) => source.place([...path, ...inner]) };
    return isNackObject(item) ? readResource(source, item, path) : { sources: [within], findings: [] };
  });
  return { sources: read.flatMap((one) => one.sources), findings: read.flatMap((one) => one.findings) };
}

function readResource(source: TopologySource, object: Fields, at: Path): ReadSources {
  const { declared, findings } = readNack(object);
  const located = findings.map(
    (finding): LocatedFinding => ({
      ...finding,
      ...(finding.kind === "file" && { name: source.file }),
      ...source.place([...at, ...parsePath(finding.field.replace(/\["(.*)"\]$/, ""))]),
    }),
  );
  return { sources: declared ? [topologySource(source, declared, at, accountOf(object))] : [], findings: located };
}

function accountOf({ spec, metadata }: Fields): string {
  const namespace = isObject(metadata) && typeof metadata.namespace === "string" ? metadata.namespace : undefined;
  return accountKey(readConnection(isObject(spec) ? spec : {}), namespace);
}

const SECTIONS = { stream: "streams", "key-value bucket": "keyValues", "object store": "objectStores" } as const;

function topologySource(
  { file, place }: TopologySource,
  declared: Declared,
  at: Path,
  account: string,
): TopologySource {
  const { kind, spec, waive } = declared;
  const head = { apiVersion: API_VERSION, kind: "Topology" };
  const { name, ...rest } = { ...meantFields({ kind, spec }), ...(waive && { waive }) } as Fields;
  const value =
    kind === "consumer"
      ? { ...head, consumers: [{ name, ...rest }] }
      : { ...head, [SECTIONS[kind]]: { [declaredName(declared)]: rest } };
  // Two keys lead to the asset, in both forms of a topology.
  const within = ([, , ...path]: Path): Path => {
    if (path[0] === "waive") return [...at, "metadata", "annotations", "headwater.dev/waive"];
    if (path.length === 0) return at;
    return [...at, "spec", ...nackPathOf(nackRows[kind], path)];
  };
  return { file, value, place: (path) => place(within(path)), ...(account !== "" && { account }) };
}
