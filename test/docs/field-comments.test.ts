import { join, resolve } from "node:path";
import ts from "typescript";

const model = resolve(__dirname, "../../model");
const assets = ["stream-spec.ts", "consumer-spec.ts", "key-value-spec.ts", "object-store-spec.ts", "source-spec.ts"];
const files = [...assets, "event-bus/event-bus-spec.ts", "event-bus/pod-spec.ts"];

interface Field {
  readonly name: string;
  readonly comment: string;
  readonly optional: boolean;
}

/** Every `key: schema` of the object literals in a file. */
function fieldsOf(file: string): Field[] {
  const source = ts.createSourceFile(file, ts.sys.readFile(join(model, file)) ?? "", ts.ScriptTarget.ES2022, true);
  const fields: Field[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node)) {
      const comment = ts
        .getJSDocCommentsAndTags(node)
        .map((doc) => doc.getText())
        .join("\n");
      fields.push({
        name: `${file}: ${node.name.getText()}`,
        comment,
        optional: /\.optional\(\)$/.test(node.initializer.getText()),
      });
    }
    node.forEachChild(visit);
  };
  visit(source);
  return fields;
}

const fields = files.flatMap(fieldsOf);

it("finds the fields", () => expect(fields.length).toBeGreaterThan(100));

it.each(fields.map((field) => [field.name, field] as const))(
  "%s has a comment, and a default where it is optional",
  (_, field) => {
    expect(field.comment.length).toBeGreaterThan(20);
    if (field.optional) expect(field.comment).toContain("@default");
  },
);
