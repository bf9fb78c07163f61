import { streamToKeyValue } from "../../model/bucket-stream";
import type { Declared } from "../../model/declared";
import type { Finding, SpecKind } from "../../model/finding";
import { readMetadata } from "../../model/stamp";
import { parseDuration } from "../../model/units";
import { isObject, sameValue, showValue } from "../../model/walk";
import { type Aside, readAnnotations } from "./annotations";
import { controlFields } from "./connection";
import { assetKindOf, NACK_API_VERSION, NACK_GROUP, nackKinds } from "./nack-kinds";
import { nackRows } from "./nack-rows";
import { isCarried, type Report } from "./row";
import { readRows } from "./rows";
import { impliedWindow } from "./stream-rows";

type Fields = Readonly<Record<string, unknown>>;

/** What a resource declares, as it is written; findings name fields of the manifest, `spec.maxAge`. */
export interface ReadNack {
  readonly declared?: Declared;
  readonly findings: readonly Finding[];
}

/** True for a resource of NACK, of any version. */
export function isNackObject(value: unknown): value is Fields {
  return isObject(value) && typeof value.apiVersion === "string" && value.apiVersion.startsWith(NACK_GROUP);
}

/** Reads one resource; an `Account` declares nothing. */
export function readNack(object: Fields): ReadNack {
  const kind = assetKindOf(object.kind);
  const metadata = isObject(object.metadata) ? object.metadata : {};
  const findings: Finding[] = [];
  const found = (code: string): Report => {
    return (field, problem, remedy, value) => {
      const name = nameIn(kind, object) ?? String(metadata.name ?? "?");
      findings.push({ code, severity: "error", kind: kind ?? "file", name, field, value, problem, remedy });
    };
  };
  if (object.apiVersion !== NACK_API_VERSION) {
    const problem = `must be "${NACK_API_VERSION}", got ${showValue(object.apiVersion)}`;
    const remedy = "NACK no longer serves other versions: write the resource in this one.";
    found("NK301")("apiVersion", problem, remedy, object.apiVersion);
    return { findings };
  }
  if (object.kind === "Account") return { findings };
  if (!kind) {
    const known = Object.values(nackKinds).map((one) => `"${one}"`);
    const problem = `must be one of ${known.join(", ")}, "Account", got ${showValue(object.kind)}`;
    found("NK301")("kind", problem, "Correct the kind.", object.kind);
    return { findings };
  }
  if (!isObject(object.spec)) {
    found("NK302")("spec", `must be a map of its fields, got ${showValue(object.spec)}`, "Write it.", object.spec);
    return { findings };
  }
  const report: Report = (field, problem, remedy, value) =>
    found(problem.startsWith("is not a field") ? "NK303" : "NK302")(field, problem, remedy, value);
  const aside = readAnnotations(object, found("NK302"));
  const own = Object.fromEntries(Object.entries(object.spec).filter(([key]) => !controlFields.has(key)));
  const missing = requiredFields(kind).filter((key) => typeof own[key] !== "string" || own[key] === "");
  for (const key of missing)
    found("NK302")(`spec.${key}`, `must be a name, got ${showValue(own[key])}`, "Write it.", own[key]);
  if (missing.length > 0) return { findings };
  const read = readRows(nackRows[kind], own, "spec", report);
  const spec = finish[kind](read, aside, report);
  const { onDelete, waive } = aside;
  return { declared: { kind, spec, ...(onDelete && { onDelete }), ...(waive && { waive }) }, findings };
}

function requiredFields(kind: SpecKind): readonly string[] {
  const needed = kind === "consumer" ? ["stream", "name"] : ["name"];
  return nackRows[kind].filter(isCarried).flatMap(({ field, nack }) => (needed.includes(field) ? [nack] : []));
}

function nameIn(kind: SpecKind | undefined, { spec }: Fields): string | undefined {
  if (!kind || !isObject(spec)) return undefined;
  const names = requiredFields(kind).map((key) => spec[key]);
  return names.every((name) => typeof name === "string" && name !== "") ? names.join("/") : undefined;
}

type Finish = (spec: Fields, aside: Aside, report: Report) => Fields;

// What a row cannot know: it depends on more than one field.
const finish: Readonly<Record<SpecKind, Finish>> = {
  stream: (spec) => {
    const own = unstamped(spec);
    const window = parseDuration(own.duplicateWindow);
    const implied = window !== undefined && window !== 0n && window === parseDuration(impliedWindow(own));
    return implied ? without(own, "duplicateWindow") : own;
  },
  consumer: (spec) => {
    const own = { ...without(unstamped(spec), "dataClass"), kind: spec.deliverSubject ? "push" : "pull" };
    const sampled = spec.sampleFreq === "0%" ? without(own, "sampleFreq") : own;
    const pinned = spec.priorityPolicy === "pinned_client";
    // Neither reaches a server.
    if (pinned && spec.priorityTimeout === undefined) return without(sampled, "priorityPolicy", "priorityGroups");
    return pinned ? sampled : without(sampled, "priorityTimeout");
  },
  "key-value bucket": (spec, { dataClass }, report) => ({
    ...readOrigins(spec, report),
    ...(dataClass !== undefined && { dataClass }),
  }),
  "object store": (spec) => unstamped(spec),
};

function without(spec: Fields, ...keys: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(spec).filter(([key]) => !keys.includes(key)));
}

function unstamped(spec: Fields): Fields {
  if (!isObject(spec.metadata)) return spec;
  const { metadata, dataClass } = readMetadata(spec.metadata as Record<string, string>);
  return { ...spec, metadata, ...(dataClass !== undefined && { dataClass }) };
}

const KV = "KV_";
const inFull = (name: unknown) => (String(name).startsWith(KV) ? String(name) : `${KV}${name}`);

// As nats.go completes names and subjects (jetstream/kv.go prepareKeyValueConfig).
function readOrigins(bucket: Fields, report: Report): Fields {
  const name = String(bucket.name);
  const mirror = isObject(bucket.mirror) ? { ...bucket.mirror, name: inFull(bucket.mirror.name) } : undefined;
  const sources = Array.isArray(bucket.sources) ? bucket.sources.map((source, i) => ownSource(source, i)) : undefined;
  function ownSource(source: Fields, i: number): Fields {
    if (source.subjectTransforms === undefined || sameValue(source.subjectTransforms, [])) {
      const full = inFull(source.name);
      const origin = full.slice(KV.length);
      if (source.external && origin === name) return { ...source, name: full };
      return { ...source, name: full, subjectTransforms: [{ src: `$KV.${origin}.>`, dest: `$KV.${name}.>` }] };
    }
    if (!String(source.name).startsWith(KV)) {
      const problem = `is a stream that is no bucket, got ${showValue(source.name)}`;
      report(
        `spec.sources[${i}].name`,
        problem,
        "Copy it with a Stream, or name a bucket's stream, KV_….",
        source.name,
      );
    }
    return source;
  }
  const read = streamToKeyValue({ name: `${KV}${name}`, mirror, sources });
  return { ...bucket, ...(mirror && { mirror: read.mirror }), ...(sources && { sources: read.sources }) };
}
