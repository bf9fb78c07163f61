import { stringify } from "yaml";

/** Plain data as YAML, several documents with `---` between them. */
export function yamlText(...documents: readonly unknown[]): string {
  // Long lines stay whole, and nothing is shared by reference: people read and compare these files.
  return documents.map((document) => stringify(document, { lineWidth: 0, aliasDuplicateObjects: false })).join("---\n");
}
