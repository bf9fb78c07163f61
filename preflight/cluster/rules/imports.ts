import type { AccountSpec } from "../../../model/cluster/account-spec";
import { isLiteral, isSubsetOf } from "../../../model/subjects";
import { importCycle } from "../import-cycle";
import { importMappingProblem } from "../import-mapping";
import { listsOf } from "../members";
import type { ClusterRule } from "../rule";
import { type ImportKind, soundImports } from "../sound-imports";

/** What is brought in is of one kind. server/opts.go parseImportStreamOrService. */
export const oneOrigin: ClusterRule = {
  code: "CL234",
  severity: "error",
  says: "An import does not bring in a `stream` and a `service` at once.",
  refusals: ["but already saw a"],
  *find({ spec }) {
    for (const { path, value } of listsOf(spec, "imports"))
      if (value.stream && value.service)
        yield { field: path, problem: "brings in a stream and a service", remedy: "Write two imports." };
  },
};

/** What is brought in has one name here. */
export const oneNameHere: ClusterRule = {
  code: "CL239",
  severity: "error",
  says: "An import brings in something: a `stream`, with `prefix` or `to`, or a `service`, with `to`.",
  refusals: ["can not have a 'prefix' and a 'to' property"],
  refusesSome: true,
  *find({ spec }) {
    for (const { path, value } of listsOf(spec, "imports")) {
      const says = (problem: string, remedy: string) => ({ field: path, problem, remedy });
      if (!value.stream && !value.service)
        yield says("brings in neither a stream nor a service", "Set one of the two.");
      if (value.prefix && value.to) yield says("has a prefix beside to", "Keep one of the two.");
      if (value.prefix && value.service) yield says("has a prefix, which is for streams", "Use to.");
    }
  },
};

/** What is brought in is offered, and to this account. server/accounts.go checkStreamImportAuthorized. */
export const offeredImports: ClusterRule = {
  code: "CL235",
  severity: "error",
  says: "An import is exported by the account it names, to this account.",
  refusals: [
    "account not defined for stream import",
    "account not defined for service import",
    "import not authorized",
  ],
  *find({ spec }) {
    for (const one of soundImports(spec)) {
      const { kind, origin, path, account } = one;
      const field = `${path}.${kind}`;
      const from = spec.accounts?.[origin.account];
      const remedy = "Export it there, or remove the import.";
      if (!from) yield { field, problem: `names account "${origin.account}", which is not declared`, remedy };
      else if (!isOffered(from, kind, origin.subject, account))
        yield { field, problem: `"${origin.subject}" is not exported to "${account}" by "${origin.account}"`, remedy };
    }
  },
};

/** What is brought in twice would come twice. */
export const importedOnce: ClusterRule = {
  code: "CL236",
  severity: "error",
  says: "An account imports a subject of another account once.",
  refusals: ["Duplicate service import subject", "stream import already exists", "duplicate"],
  *find({ spec }) {
    const first = new Map<string, string>();
    for (const { kind, origin, path, account, value } of soundImports(spec)) {
      const subject = kind === "service" ? (value.to ?? origin.subject) : origin.subject;
      const id = JSON.stringify([account, kind, origin.account, subject]);
      const known = first.get(id);
      if (!known) first.set(id, path);
      else yield { field: path, problem: `brings in "${subject}" again, first at ${known}`, remedy: "Remove one." };
    }
  },
};

/** Subjects here follow from those there. */
export const importMappings: ClusterRule = {
  code: "CL238",
  severity: "error",
  says: "The `prefix` of an import has no wildcards, and `to` takes over every wildcard of the subject.",
  refusals: ["prefix", "failed to create mapping transform"],
  *find({ spec, effective }) {
    for (const { kind, origin, path, value } of soundImports(spec)) {
      if (kind === "stream" && value.prefix && !isLiteral(value.prefix))
        yield {
          field: `${path}.prefix`,
          value: value.prefix,
          problem: `"${value.prefix}" has wildcards`,
          remedy: "Write a subject without them.",
        };
      const wrong = value.to && importMappingProblem(origin.subject, value.to, effective.version);
      if (wrong)
        yield {
          field: `${path}.to`,
          value: value.to,
          problem: `"${value.to}" is no mapping of "${origin.subject}": ${wrong}`,
          remedy: "Take every wildcard over, in any order: $1, $2.",
        };
    }
  },
};

/** What is brought in must not come back to where it is from. server/accounts.go checkStreamImportsForCycles. */
export const noImportCycles: ClusterRule = {
  code: "CL237",
  severity: "error",
  says: "Imports do not lead in a circle.",
  refusals: ["import forms a cycle"],
  *find({ spec }) {
    const path = importCycle(spec);
    if (path) yield { field: path, problem: "leads back to this account", remedy: "Remove one import of the circle." };
  },
};

// An export of the very subject decides; else any that covers it.
function isOffered({ exports = [] }: AccountSpec, kind: ImportKind, subject: string, to: string): boolean {
  const offers = exports.filter((offer) => offer[kind] !== undefined && !(offer.stream && offer.service));
  const same = offers.filter((offer) => offer[kind] === subject);
  const fitting = same.length > 0 ? same : offers.filter((offer) => isSubsetOf(subject, offer[kind] as string));
  const named = fitting.flatMap(({ accounts = [] }) => accounts);
  return fitting.length > 0 && (named.length === 0 || named.includes(to));
}
