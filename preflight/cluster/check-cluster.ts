import { clusterSchema } from "../../model/cluster/cluster-spec";
import type { Finding } from "../../model/finding";
import { isObject, showValue } from "../../model/walk";
import { formatPath, type Path, type ShapeProblem, shapeProblems } from "../check-shape";

// Written out: declarations of the package name no schema library.
type Unknown = (value: unknown) => boolean;

/**
 * Checks the shape of a cluster: fields known, types, units, ranges. Nothing that may be a secret is ever part of a
 * finding, whatever it was written into.
 */
export function checkCluster(spec: unknown, isUnknown: Unknown = () => false): Finding[] {
  const name = clusterName(spec, isUnknown);
  return shapeProblems(clusterSchema, spec, { show, unknownField: misplaced }, isUnknown)
    .map(withoutSecrets)
    .map((found) => ({ code: "CL101", severity: "error", kind: "cluster", name, ...found }));
}

/** The name messages use for a cluster. */
export function clusterName(spec: unknown, isUnknown: Unknown = () => false): string {
  const name = isObject(spec) ? spec.name : undefined;
  return typeof name === "string" && !isUnknown(name) ? name : "?";
}

const TOPOLOGY = ["streams", "consumers", "keyValues", "objectStores", "external"];

// What belongs beside a cluster is no misspelled field of it.
function misplaced(key: string, path: Path): ShapeProblem | undefined {
  if (path.length > 0 || !TOPOLOGY.includes(key)) return undefined;
  const remedy = "Declare it in a document of kind Topology.";
  return { code: "CL102", field: key, problem: "cannot be set on a cluster", remedy };
}

const SECRET = ["password", "token", "encryption", "credentials", "jwt", "nkey", "preload"];
const HIDDEN = "a value that is not shown";

// A text in place of a map or list may be anything.
const CONTAINERS = ["object", "record", "array"];

// Whoever writes a secret into the wrong field must not find it in a log.
function show(value: unknown, path: Path, expected?: string): string {
  if (Array.isArray(value)) return "a list";
  if (isObject(value)) return "a map";
  if (typeof value !== "string") return showValue(value);
  const isSecret = path.some((key) => SECRET.includes(String(key))) || CONTAINERS.includes(expected ?? "");
  return isSecret ? HIDDEN : showValue(value);
}

const SEED = /\bS[AUOCNX][A-Z2-7]{56}\b/g;
const LOGIN = /\/\/[^@/\s"]+@/g;

function withoutSecrets(found: ShapeProblem): ShapeProblem {
  const plain = (text: string) => text.replace(SEED, "S…").replace(LOGIN, "//…@");
  const { value, ...rest } = found;
  const isHarmless = typeof value === "number" || typeof value === "boolean";
  return {
    ...rest,
    ...(isHarmless && { value }),
    field: plain(rest.field),
    problem: plain(rest.problem),
    remedy: rest.remedy,
  };
}

/** The top-level fields shape findings are about: what hangs on them is not judged further. */
export function misshapenClusterFields(findings: readonly Pick<Finding, "field">[]): readonly string[] {
  return [...new Set(findings.map(({ field }) => formatPath(field.split(/[.[]/).slice(0, 1))))];
}
