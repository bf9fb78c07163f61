import { keyValueToStream } from "../../model/bucket-stream";
import { declaredName, type OnDelete } from "../../model/declared";
import type { Finding, SpecKind } from "../../model/finding";
import type { KeyValueSpec } from "../../model/key-value-spec";
import { normalizeSpec } from "../../model/normalize";
import { stampMetadata } from "../../model/stamp";
import type { Waiver } from "../../model/waiver";
import { isEmpty, isObject } from "../../model/walk";
import type { KubernetesObject } from "../kubernetes/kubernetes-object";
import { annotationsOf } from "./annotations";
import { connectionFields, type NackConnection } from "./connection";
import { metadataName } from "./metadata-name";
import { NACK_API_VERSION, nackKinds } from "./nack-kinds";
import { nackRows } from "./nack-rows";
import type { Refuse } from "./row";
import { writeRows } from "./rows";

type Fields = Readonly<Record<string, unknown>>;

/** What a resource says besides its asset. */
export interface NackOptions {
  /**
   * `metadata.name`, an RFC 1123 name.
   * @default - made from the asset's name, see {@link metadataName}
   */
  readonly name?: string;
  /**
   * `metadata.namespace`. A controller that is restricted to another one ignores the resource.
   * @default - where whoever applies the manifest says
   */
  readonly namespace?: string;
  /** @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations besides those of Headwater. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * How NACK reaches the servers.
   * @default - as the controller was started
   */
  readonly connection?: NackConnection;
  /**
   * What happens to the asset when the resource goes. `"delete"` lets NACK delete it with everything in it
   * (`preventDelete: false`); NACK cannot look whether it is empty, so everything else keeps it.
   * @default "deleteIfEmpty"
   */
  readonly onDelete?: OnDelete;
  /**
   * Whether NACK may make edits: `"guarded"` where the edit was judged (`judged`), `"apply"` always, `"never"` never. What
   * it may not edit it still creates.
   * @default "guarded"
   */
  readonly updates?: "guarded" | "apply" | "never";
  /**
   * True when the edit from what was rendered before was judged, and nothing stands against it.
   * @default false
   */
  readonly judged?: boolean;
  /**
   * The owner that is stamped into the asset's metadata; `""` stamps none.
   * @default - `nack/<namespace or "default">/<metadata.name>`
   */
  readonly owner?: string;
  /** Waivers of policies, kept as an annotation. @default - none */
  readonly waive?: readonly Waiver[];
}

/** A resource, and what it could not say. With an error among the findings it must not be applied. */
export interface NackResource {
  readonly object: KubernetesObject;
  readonly findings: readonly Finding[];
}

/**
 * One asset as NACK's custom resource. Its fields come in a fixed order, and the same asset gives the same text.
 *
 * @param spec The asset with its `name`, a consumer with its `stream`.
 */
export function toNack(kind: SpecKind, spec: Fields, options: NackOptions = {}): NackResource {
  const normal = normalizeSpec(kind, spec);
  const findings: Finding[] = [];
  const assetName = declaredName({ kind, spec });
  const refuse: Refuse = (field, refusal, value) =>
    void findings.push({ ...refusal, kind, name: assetName, field, value });
  const name = options.name ?? metadataName({ kind, spec });
  const owner = options.owner ?? `nack/${options.namespace ?? "default"}/${name}`;
  const rows = writeRows(nackRows[kind], assetFields(kind, normal, owner, refuse), "", refuse);
  const { onDelete } = options;
  const object: KubernetesObject = {
    apiVersion: NACK_API_VERSION,
    kind: nackKinds[kind],
    metadata: nackMetadata(kind, spec, options),
    spec: {
      ...rows,
      ...connectionFields(options.connection),
      preventDelete: onDelete !== "delete",
      preventUpdate: !mayUpdate(options),
    },
  };
  return { object, findings };
}

/** The metadata of an asset's resource. */
export function nackMetadata(kind: SpecKind, spec: Fields, options: NackOptions): KubernetesObject["metadata"] {
  const { name = metadataName({ kind, spec }), namespace, labels, onDelete, waive } = options;
  const dataClass = kind === "key-value bucket" ? spec.dataClass : undefined;
  const annotations = { ...options.annotations, ...annotationsOf({ waive, onDelete, dataClass }) };
  return {
    name,
    ...(namespace !== undefined && { namespace }),
    ...(!isEmpty(labels) && { labels }),
    ...(!isEmpty(annotations) && { annotations }),
  };
}

function mayUpdate({ updates = "guarded", judged = false }: NackOptions): boolean {
  return updates === "apply" || (updates === "guarded" && judged);
}

const KEPT_ASIDE = {
  code: "NK201",
  severity: "warning",
  problem: "is kept as an annotation only: NACK's KeyValue has no metadata",
  remedy: "Policies over manifests read it; policies over the live account do not see it.",
} as const;

const NO_ROOM = {
  code: "NK202",
  severity: "warning",
  problem: "is left out: NACK sends it with the policy pinned_client only",
  remedy: "Remove it: no other policy uses it.",
} as const;

// What a row cannot know: it depends on more than one field.
function assetFields(kind: SpecKind, normal: Fields, owner: string, refuse: Refuse): Fields {
  const { dataClass, ...rest } = normal;
  if (kind === "key-value bucket") {
    if (dataClass !== undefined) refuse("dataClass", KEPT_ASIDE, dataClass);
    return { ...rest, ...bucketOrigins(normal, refuse) };
  }
  const stamped = stampMetadata(normal.metadata as Record<string, string>, owner, dataClass as string | undefined);
  const metadata = Object.fromEntries(Object.entries(stamped).sort(([a], [b]) => (a < b ? -1 : 1)));
  const fields = { ...rest, metadata: isEmpty(metadata) ? undefined : metadata };
  return kind === "consumer" ? { ...fields, ...withoutIdle(normal, refuse) } : fields;
}

const IGNORED = {
  code: "NK105",
  severity: "error",
  problem: "is ignored by NACK beside the rest, where servers would refuse it",
  remedy: "Remove it, or what it does not go with.",
} as const;

// NACK looks at these only beside the policy they belong to.
function withoutIdle(consumer: Fields, refuse: Refuse): Fields {
  const { deliverPolicy, optStartSeq, optStartTime, priorityPolicy, priorityTimeout } = consumer;
  if (optStartSeq !== undefined && deliverPolicy !== "by_start_sequence") refuse("optStartSeq", IGNORED, optStartSeq);
  if (optStartTime !== undefined && deliverPolicy !== "by_start_time") refuse("optStartTime", IGNORED, optStartTime);
  if (priorityTimeout === undefined || priorityPolicy === "pinned_client") return {};
  refuse("priorityTimeout", NO_ROOM, priorityTimeout);
  return { priorityTimeout: undefined };
}

const NO_FILTER = {
  code: "NK103",
  severity: "error",
  problem: "cannot be said in a NACK resource: NACK renames every key of a source, and servers refuse both",
  remedy: "Write it as subjectTransforms, with full subjects of the buckets' streams.",
} as const;

// NACK's library renames what is copied as keyValueToStream does, with exceptions: names and subjects are written in full.
function bucketOrigins(bucket: Fields, refuse: Refuse): Fields {
  if (bucket.mirror !== undefined && bucket.sources !== undefined) refuse("sources", IGNORED, bucket.sources);
  const { mirror, sources } = keyValueToStream(bucket as unknown as KeyValueSpec) as Fields;
  for (const [i, source] of (Array.isArray(bucket.sources) ? bucket.sources : []).entries())
    if (isObject(source) && source.filterSubject !== undefined && isEmpty(source.subjectTransforms))
      refuse(`sources[${i}].filterSubject`, NO_FILTER, source.filterSubject);
  return { ...(mirror !== undefined && { mirror }), ...(sources !== undefined && { sources }) };
}
