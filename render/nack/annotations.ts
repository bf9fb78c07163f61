import { z } from "zod";
import type { OnDelete } from "../../model/declared";
import type { Waiver } from "../../model/waiver";
import { waiversSchema } from "../../model/waiver-schema";
import { isObject, showValue } from "../../model/walk";
import type { Report } from "./row";

type Fields = Readonly<Record<string, unknown>>;

const WAIVE = "headwater.dev/waive";
const ON_DELETE = "headwater.dev/on-delete";
const DATA_CLASS = "headwater.dev/data-class";
const onDeleteSchema = z.enum(["retain", "deleteIfEmpty", "delete"]);
const dataClassSchema = z.enum(["audit", "standard", "ephemeral"]);

/** What an asset was told that NACK has no field for. */
export interface Aside {
  readonly waive?: readonly Waiver[];
  readonly onDelete?: OnDelete;
  /** Of a key-value bucket: it has no metadata in NACK. */
  readonly dataClass?: unknown;
}

/** Annotations that keep it; servers never see them. */
export function annotationsOf({ waive, onDelete, dataClass }: Aside): Record<string, string> {
  return {
    ...(waive && waive.length > 0 && { [WAIVE]: JSON.stringify(waive) }),
    // `preventDelete: false` says "delete", and `true` what is meant where nothing is said.
    ...(onDelete && onDelete !== "delete" && { [ON_DELETE]: onDelete }),
    ...(dataClass !== undefined && { [DATA_CLASS]: String(dataClass) }),
  };
}

/** What annotations and `preventDelete` say. */
export function readAnnotations(object: Fields, report: Report): Aside {
  const metadata = isObject(object.metadata) ? object.metadata : {};
  const spec = isObject(object.spec) ? object.spec : {};
  const annotations = isObject(metadata.annotations) ? metadata.annotations : {};
  const read = <T>(key: string, schema: z.ZodType<T>, parse: (text: string) => unknown, wanted: string) => {
    const value = annotations[key];
    if (value === undefined) return undefined;
    const parsed = schema.safeParse(typeof value === "string" ? parse(value) : undefined);
    if (parsed.success) return parsed.data;
    const problem = `must be ${wanted}, got ${showValue(value)}`;
    report(`metadata.annotations["${key}"]`, problem, "Correct it, or remove the annotation.", value);
    return undefined;
  };
  const asIs = (text: string) => text;
  const onDelete = read(ON_DELETE, onDeleteSchema, asIs, 'one of "retain", "deleteIfEmpty", "delete"');
  return {
    waive: read<readonly Waiver[]>(WAIVE, waiversSchema, jsonOrNothing, "a list of waivers in JSON"),
    onDelete: spec.preventDelete === true ? onDelete : "delete",
    dataClass: read(DATA_CLASS, dataClassSchema, asIs, 'one of "audit", "standard", "ephemeral"'),
  };
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
