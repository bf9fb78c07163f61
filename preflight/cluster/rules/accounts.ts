import type { PermissionsSpec } from "../../../model/cluster/account-spec";
import { isValidSubject } from "../../../model/subjects";
import { accountsOf, usersOf } from "../members";
import type { ClusterProblem, ClusterRule } from "../rule";

/** Permissions name subjects. server/opts.go checkPermSubjectArray. */
export const permissionSubjects: ClusterRule = {
  code: "CL217",
  severity: "error",
  says: 'Permissions name subjects; a queue after a space, `"orders.> workers"`, in `subscribe` only.',
  refusals: ["is not a valid subject", "is not a valid queue"],
  // Server 2.10 takes white space for a part of a token.
  refusesSome: true,
  *find({ spec }) {
    for (const { path, value } of usersOf(spec)) yield* wrongSubjects(`${path}.permissions`, value.permissions);
    for (const { path, value } of accountsOf(spec))
      yield* wrongSubjects(`${path}.defaultPermissions`, value.defaultPermissions);
  },
};

function* wrongSubjects(path: string, permissions: PermissionsSpec | undefined): Generator<ClusterProblem> {
  for (const direction of ["publish", "subscribe"] as const)
    for (const list of ["allow", "deny"] as const)
      for (const [i, subject] of (permissions?.[direction]?.[list] ?? []).entries()) {
        if (isPermitted(subject, direction === "subscribe")) continue;
        const field = `${path}.${direction}.${list}[${i}]`;
        const problem = `"${subject}" is no subject`;
        yield { field, value: subject, problem, remedy: "Write tokens separated by dots, wildcards * and >." };
      }
}

function isPermitted(subject: string, takesQueue: boolean): boolean {
  if (isValidSubject(subject)) return true;
  const parts = subject.split(/\s+/).filter((part) => part !== "");
  return takesQueue && parts.length === 2 && parts.every(isValidSubject);
}

/** The servers' own account for those that declare none. */
const GLOBAL = "$G";

/** Accounts have names of their own. */
export const ownAccountNames: ClusterRule = {
  code: "CL220",
  severity: "error",
  says: "`$G` is the servers' own account and cannot be declared.",
  refusals: ["Reserved Account"],
  *find({ spec }) {
    for (const { account, path } of accountsOf(spec))
      if (account === GLOBAL)
        yield { field: path, problem: "is the servers' own account", remedy: "Give it another name." };
  },
};

/** The account of the servers exists. */
export const knownSystemAccount: ClusterRule = {
  code: "CL221",
  severity: "error",
  says: "`systemAccount` is one of `accounts`; with an operator it is `operator.systemAccount`.",
  refusals: ["error resolving system account", "system_account in config and operator JWT must be identical"],
  *find({ spec: { systemAccount, accounts = {}, operator } }) {
    if (systemAccount === undefined || (!operator && Object.hasOwn(accounts, systemAccount))) return;
    const problem = operator ? "is named by the operator" : `"${systemAccount}" is not declared`;
    const remedy = operator ? "Set operator.systemAccount." : "Declare it under accounts, or correct its spelling.";
    yield { field: "systemAccount", value: systemAccount, problem, remedy };
  },
};

/** The account of the servers holds no streams. server/jetstream.go EnableJetStream. */
export const noSystemStreams: ClusterRule = {
  code: "CL222",
  severity: "error",
  says: "The system account has no JetStream.",
  refusals: [],
  *find({ spec, effective: { systemAccount } }) {
    const declared = systemAccount === undefined ? undefined : spec.accounts?.[systemAccount];
    if (!declared?.jetstream) return;
    yield {
      field: `accounts.${systemAccount}.jetstream`,
      problem: "cannot be on: it is the system account",
      remedy: "Remove it, and keep streams in another account.",
    };
  },
};
