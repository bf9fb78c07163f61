import type { Finding, SpecKind } from "../../model/finding";
import { isObject, showValue } from "../../model/walk";
import type { Defaults } from "./defaults";
import type { ManagedProps } from "./props";

type Told = Defaults & Pick<ManagedProps, "allow" | "resource">;

interface Rule {
  readonly field: keyof Told;
  readonly holds: (value: unknown) => boolean;
  readonly wanted: string;
}

const oneOf = (...words: readonly string[]) => ({
  holds: (value: unknown) => words.includes(value as string),
  wanted: `one of ${words.map((word) => `"${word}"`).join(", ")}`,
});
const isTexts = (value: unknown) => Array.isArray(value) && value.every((one) => typeof one === "string");
const isConnection = (value: unknown) =>
  isObject(value) && (typeof value.account === "string" || isTexts(value.servers));
const RESOURCE_NAME = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

const rules: readonly Rule[] = [
  { field: "onDelete", ...oneOf("retain", "deleteIfEmpty", "delete") },
  { field: "updates", ...oneOf("guarded", "apply", "never") },
  {
    field: "connection",
    holds: (value) => isConnection(isObject(value) && "connection" in value ? value.connection : value),
    wanted: "an Account, { account: NAME } or { servers: [URL] }",
  },
  {
    field: "previous",
    holds: (value) => typeof value === "string" || Array.isArray(value),
    wanted: "a file, a folder or a list of objects",
  },
  {
    field: "allow",
    holds: (value) => Array.isArray(value) && value.every(isObject),
    wanted: "a list of acknowledgments",
  },
  {
    field: "resource",
    holds: (value) => isObject(value) && (value.name === undefined || RESOURCE_NAME.test(String(value.name))),
    wanted: "a map whose name is one of Kubernetes: small letters, digits, hyphens and dots",
  },
];

/** What an asset was told besides its spec, without what is wrong with it. */
export interface CheckedTold {
  readonly told: Told;
  readonly findings: readonly Finding[];
}

/** Checks what only JavaScript can get wrong, and what types do not say. */
export function checkTold(kind: SpecKind, name: unknown, given: Told): CheckedTold {
  const wrong = rules.filter(({ field, holds }) => given[field] !== undefined && !holds(given[field]));
  const told = Object.fromEntries(Object.entries(given).filter(([key]) => !wrong.some(({ field }) => field === key)));
  const findings = wrong.map(
    ({ field, wanted }): Finding => ({
      code: "CD108",
      severity: "error",
      kind,
      name: String(name),
      field,
      // Servers may have credentials in them.
      problem: `must be ${wanted}${field === "connection" ? "" : `, got ${showValue(given[field])}`}`,
      remedy: "Correct the value.",
    }),
  );
  return { told, findings };
}
