// Rewrites the declarations of the spec types in dist as plain interfaces. The sources infer them from schemas; a user's
// compiler should neither read a schema library's types nor evaluate them. Comments come along.
const fs = require("node:fs");
const path = require("node:path");
const ts = require("typescript");

const root = path.resolve(__dirname, "..");
const ASSETS = ["source-spec", "stream-spec", "consumer-spec", "key-value-spec", "object-store-spec"];
const CLUSTER = ["secret-source", "tls-spec", "links-spec", "operator-spec", "account-spec", "jetstream-spec"];
const EVENT_BUS = ["event-bus/pod-spec", "event-bus/event-bus-spec"];
const FILES = [
  ...ASSETS,
  ...[...CLUSTER, "kubernetes-spec", "cluster-spec"].map((name) => `cluster/${name}`),
  ...EVENT_BUS,
  "../render/job/provisioning-job-spec",
];
const sourceOf = (name) => path.join(root, "model", `${name}.ts`);

const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(path.join(root, "tsconfig.json"), ts.sys.readFile).config,
  ts.sys,
  root,
);
const program = ts.createProgram(FILES.map(sourceOf), options);
const checker = program.getTypeChecker();
const FLAGS =
  ts.TypeFormatFlags.NoTruncation |
  ts.TypeFormatFlags.InTypeAlias |
  ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope;

for (const name of FILES) {
  const exported = program.getSourceFile(sourceOf(name)).statements.filter(isExported);
  const aliases = exported.filter(ts.isTypeAliasDeclaration).map(declaration);
  const functions = exported.filter(ts.isFunctionDeclaration).map(signature);
  const text = [...aliases, ...functions].join("\n\n");
  fs.writeFileSync(path.join(root, "dist", "model", `${name}.d.ts`), `${text || "export {};"}\n`);
}

function isExported(node) {
  return (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Export) !== 0;
}

function declaration(alias) {
  const symbol = checker.getSymbolAtLocation(alias.name);
  const head = comment(symbol, "");
  // A choice between specs stays one; everything else is spelled out.
  if (ts.isUnionTypeNode(alias.type)) return `${head}export type ${alias.name.text} = ${alias.type.getText()};`;
  const type = checker.getTypeAtLocation(alias.name);
  if (type.isUnion()) return `${head}export type ${alias.name.text} = ${print(type, alias, "")};`;
  return `${head}export interface ${alias.name.text} ${members(type, alias, "")}`;
}

function signature(node) {
  const text = node.getText();
  const head = text.slice(0, node.body.getStart() - node.getStart()).trim();
  return `${comment(checker.getSymbolAtLocation(node.name), "")}${head.replace("export ", "export declare ")};`;
}

function members(type, at, indent) {
  const inner = `${indent}  `;
  const [index] = checker.getIndexInfosOfType(type);
  if (index) return `{ readonly [key: string]: ${print(index.type, at, indent)} }`;
  const lines = checker.getPropertiesOfType(type).map((property) => {
    const optional = (property.flags & ts.SymbolFlags.Optional) !== 0 ? "?" : "";
    const text = print(checker.getTypeOfSymbolAtLocation(property, at), at, inner);
    return `${comment(property, inner)}${inner}readonly ${property.name}${optional}: ${text};`;
  });
  return `{\n${lines.join("\n")}\n${indent}}`;
}

function print(given, at, indent) {
  const type = checker.getNonNullableType(given);
  if ((type.flags & ts.TypeFlags.Never) !== 0) return "undefined";
  if (isEmpty(type)) return "unknown";
  if (checker.isArrayType(type)) {
    const element = print(checker.getTypeArguments(type)[0], at, indent);
    return element.includes("|") ? `readonly (${element})[]` : `readonly ${element}[]`;
  }
  if (type.isUnion() && type.types.some(isObject))
    return type.types
      .map((each) => print(each, at, indent))
      .join(" | ")
      .replace("false | true", "boolean");
  return isObject(type) ? members(type, at, indent) : checker.typeToString(type, at, FLAGS);
}

function isObject(type) {
  return (type.flags & ts.TypeFlags.Object) !== 0;
}

// What may be anything is read-only at any depth, and comes out as an object without fields.
function isEmpty(type) {
  const { length } = checker.getPropertiesOfType(type);
  return isObject(type) && length === 0 && checker.getIndexInfosOfType(type).length === 0;
}

function comment(symbol, indent) {
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  const tags = symbol
    .getJsDocTags(checker)
    .map(({ name, text: parts }) => `@${name} ${ts.displayPartsToString(parts)}`.trim());
  const lines = [...text.split("\n"), ...tags].filter(Boolean);
  return lines.length === 0
    ? ""
    : `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join("")}${indent} */\n`;
}
