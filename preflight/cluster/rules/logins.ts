import type { UserSpec } from "../../../model/cluster/account-spec";
import { isOlder } from "../../../model/version";
import { listsOf, usersOf } from "../members";
import { isPublicKey } from "../public-key";
import type { ClusterRule } from "../rule";

const MODES = ["accounts", "authorization", "operator"] as const;

/** There is one way to log in. */
export const oneWayIn: ClusterRule = {
  code: "CL211",
  severity: "error",
  says: "`accounts`, `authorization` and `operator` exclude each other.",
  refusals: [
    "Can not have a single user/pass and accounts",
    "Can not have a token and accounts",
    "Can not have a single user/pass and a users array",
    "Can not have a token and a users array",
    "operators do not allow",
  ],
  refusesSome: true,
  *find({ spec }) {
    const [first, ...others] = MODES.filter((mode) => spec[mode] !== undefined);
    for (const mode of others) yield { field: mode, problem: `excludes ${first}`, remedy: "Keep one of the two." };
  },
};

/** One login is a user or a token. server/opts.go processConfigFileLine. */
export const oneLogin: ClusterRule = {
  code: "CL209",
  severity: "error",
  says: "`authorization` does not have a `token` beside a `user`.",
  refusals: ["Cannot have a user/pass and token"],
  *find({ spec: { authorization } }) {
    if (!authorization?.token || !authorization.user) return;
    yield { field: "authorization", problem: "has a token beside a user", remedy: "Keep one of the two." };
  },
};

/** One login is whole. */
export const wholeLogin: ClusterRule = {
  code: "CL212",
  severity: "error",
  says: "`authorization` has a `user` with a `password`, or a `token`.",
  refusals: [],
  *find({ spec: { authorization } }) {
    if (!authorization) return;
    const { user, password, token } = authorization;
    const says = (problem: string, remedy: string) => ({ field: "authorization", problem, remedy });
    if (password && !user) yield says("has a password without a user", "Set user, or remove password.");
    else if (!token && !user) yield says("lets everybody in: it has neither user nor token", "Set user and password.");
    else if (!token && !password) yield says("has a user without a password", "Set password.");
  },
};

/** Whoever logs in has a name or a key. server/opts.go parseUsers. */
export const wholeUser: ClusterRule = {
  code: "CL213",
  severity: "error",
  says: "A user has a name, or an `nkey` without name and password.",
  refusals: ["Nkey users do not take usernames or passwords", "User entry requires a user"],
  *find({ spec }) {
    for (const { path, value } of usersOf(spec)) {
      const { user, password, nkey } = value;
      if (nkey && (user || password))
        yield { field: path, problem: "has an nkey beside a name or password", remedy: "Keep one of the two." };
      if (!nkey && !user) yield { field: path, problem: "has neither user nor nkey", remedy: "Set one of the two." };
    }
  },
};

/** A key is written as it was made: its last characters are a checksum. */
export const wholeKey: ClusterRule = {
  code: "CL214",
  severity: "error",
  says: "An `nkey` is a whole public key: its checksum is right.",
  refusals: ["Not a valid public nkey for a user"],
  *find({ spec }) {
    for (const { path, value } of usersOf(spec))
      if (value.nkey && !isPublicKey(value.nkey))
        yield {
          field: `${path}.nkey`,
          problem: "is no public key: its checksum is wrong",
          remedy: "Copy the whole key again.",
        };
  },
};

/** A name or key belongs to one user of one account. */
export const usersDiffer: ClusterRule = {
  code: "CL215",
  severity: "error",
  says: "A user or nkey is declared once among all accounts.",
  refusals: ["Duplicate user", "Duplicate nkey"],
  *find({ spec }) {
    const first = new Map<string, string>();
    for (const { path, value } of usersOf(spec)) {
      const id = value.nkey ?? value.user;
      if (id === undefined) continue;
      const known = first.get(id);
      if (!known) first.set(id, path);
      else
        yield {
          field: path,
          problem: `is "${id}" again, first at ${known}`,
          remedy: "Remove one of the two, or give it another name.",
        };
    }
  },
};

/** A role says it all. */
export const wholeRole: ClusterRule = {
  code: "CL216",
  severity: "error",
  says: "`role` excludes `permissions`; a publisher has `subjects`, a consumer `consumers`.",
  refusals: [],
  *find({ spec }) {
    for (const { path, value } of usersOf(spec)) {
      const { role, permissions, subjects, consumers } = value;
      if (role && permissions)
        yield { field: path, problem: "has permissions beside a role", remedy: "Keep one of the two." };
      if (role === "publisher" && !subjects?.length)
        yield { field: path, problem: "is a publisher without subjects", remedy: "Set subjects." };
      if (role === "consumer" && !consumers?.length)
        yield { field: path, problem: "is a consumer without consumers", remedy: "Set consumers." };
    }
  },
};

const WAYS: Readonly<Record<string, string>> = { IN_PROCESS: "2.11.0" };

/** Ways to connect are known to the servers. server/auth.go validateAllowedConnectionTypes. */
export const knownWays: ClusterRule = {
  code: "CL218",
  severity: "error",
  says: "`allowedConnectionTypes` are known to the `version` of the servers.",
  refusals: ["connection type"],
  *find({ spec, effective }) {
    for (const { path, value } of usersOf(spec))
      for (const way of value.allowedConnectionTypes ?? []) {
        const since = WAYS[way];
        if (since && isOlder(effective.version, since))
          yield {
            field: `${path}.allowedConnectionTypes`,
            value: way,
            problem: `"${way}" needs nats-server ${since} or newer, the cluster runs ${effective.version}`,
            remedy: "Raise version, or remove it.",
          };
      }
  },
};

const hasName =
  (name: string) =>
  ({ value }: { value: UserSpec }) =>
    value.user === name || value.nkey === name;

/** Clients that do not log in are somebody. server/auth.go validateNoAuthUser. */
export const knownGuest: ClusterRule = {
  code: "CL219",
  severity: "error",
  says: "`noAuthUser` is a user of `accounts`.",
  refusals: ["no_auth_user"],
  *find({ spec }) {
    const { noAuthUser, operator } = spec;
    if (noAuthUser === undefined || listsOf(spec, "users").some(hasName(noAuthUser))) return;
    const problem = operator ? "cannot be set with an operator" : `"${noAuthUser}" is no user of any account`;
    const remedy = operator ? "Remove it." : "Declare the user, or correct its spelling.";
    yield { field: "noAuthUser", value: noAuthUser, problem, remedy };
  },
};
