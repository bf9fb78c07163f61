import { z } from "zod";
import type { SpecKind } from "../../../model/finding";
import { specShapes } from "../../../model/spec-shapes";
import { carriedBeside, nackRows } from "../../../render/nack/nack-rows";
import { isCarried, type Row } from "../../../render/nack/row";

type Shape = Readonly<Record<string, z.ZodType>>;

function unwrap(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional) return unwrap(schema.unwrap() as z.ZodType);
  return schema instanceof z.ZodArray ? unwrap(schema.element as z.ZodType) : schema;
}

// Every field of a schema that is no object, `sources.external.api`, and objects that are refused as a whole.
function leaves(shape: Shape, stop: ReadonlySet<string>, path = ""): string[] {
  return Object.entries(shape).flatMap(([key, field]) => {
    const at = path === "" ? key : `${path}.${key}`;
    const plain = unwrap(field);
    return plain instanceof z.ZodObject && !stop.has(at) ? leaves(plain.shape as Shape, stop, at) : [at];
  });
}

function rowPaths(rows: readonly Row[], path = ""): string[] {
  return rows.flatMap((row) => {
    const at = path === "" ? row.field : `${path}.${row.field}`;
    return isCarried(row) && row.form.rows ? rowPaths(row.form.rows, at) : [at];
  });
}

it.each(Object.keys(specShapes) as SpecKind[])("every field of a %s has one row, carried or refused", (kind) => {
  const said = [...rowPaths(nackRows[kind]), ...carriedBeside[kind]];
  expect(leaves(specShapes[kind].fields.shape as Shape, new Set(said)).sort()).toEqual(said.sort());
});
