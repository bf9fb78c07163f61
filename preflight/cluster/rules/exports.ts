import { listsOf } from "../members";
import type { ClusterRule } from "../rule";

/** What is offered is of one kind. server/opts.go parseExportStreamOrService. */
export const oneOffer: ClusterRule = {
  code: "CL231",
  severity: "error",
  says: "An export does not offer a `stream` and a `service` at once.",
  refusals: ["but already saw a", "Detected response directive on non-service"],
  *find({ spec }) {
    for (const { path, value } of listsOf(spec, "exports")) {
      if (value.stream && value.service)
        yield { field: path, problem: "offers a stream and a service", remedy: "Write two exports." };
    }
  },
};

/** An offer is of something. */
export const someOffer: ClusterRule = {
  code: "CL230",
  severity: "error",
  says: "An export offers something: a `stream` or a `service`.",
  refusals: [],
  *find({ spec }) {
    for (const { path, value } of listsOf(spec, "exports"))
      if (!value.stream && !value.service)
        yield { field: path, problem: "offers neither a stream nor a service", remedy: "Set one of the two." };
  },
};

/** Only services answer. */
export const answersAreServices: ClusterRule = {
  code: "CL232",
  severity: "error",
  says: "`responseType` and `responseThreshold` are for services.",
  refusals: ["Detected response directive on non-service"],
  refusesSome: true,
  *find({ spec }) {
    for (const { path, value } of listsOf(spec, "exports"))
      for (const key of ["responseType", "responseThreshold"] as const)
        if (value.stream && !value.service && value[key] !== undefined)
          yield { field: `${path}.${key}`, problem: "is for services, and this is a stream", remedy: "Remove it." };
  },
};

/** What is private is so for accounts that exist. */
export const knownImporters: ClusterRule = {
  code: "CL233",
  severity: "error",
  says: "`accounts` of an export are declared.",
  refusals: ["account not defined for stream export", "account not defined for service export"],
  *find({ spec }) {
    for (const { path, value } of listsOf(spec, "exports"))
      for (const [i, account] of (value.accounts ?? []).entries())
        if (!Object.hasOwn(spec.accounts ?? {}, account))
          yield {
            field: `${path}.accounts[${i}]`,
            value: account,
            problem: `"${account}" is no account of this cluster`,
            remedy: "Declare it, or correct its spelling.",
          };
  },
};
