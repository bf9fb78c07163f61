import { tlsOf, usersOf } from "../members";
import type { ClusterRule } from "../rule";
import { CONFIG_SECRETS, writtenSecrets } from "../written-secrets";

/** Whoever knows a name is not yet let in. */
export const passwordsSet: ClusterRule = {
  code: "CW121",
  severity: "warning",
  says: "A user with neither password nor certificate is let in by name alone; the one of `noAuthUser` is meant to be.",
  refusals: [],
  *find({ spec }) {
    if (tlsOf(spec).some(({ value }) => value.verifyAndMap)) return;
    for (const { path, value } of usersOf(spec))
      if (value.user && !value.password && value.user !== spec.noAuthUser)
        yield {
          field: path,
          problem: `lets everybody in who says "${value.user}": it has no password`,
          remedy: "Set password, or tls.client.verifyAndMap for certificates.",
        };
  },
};

/** Somebody can log in. */
export const somebodyCan: ClusterRule = {
  code: "CW122",
  severity: "warning",
  says: "`accounts` have a user: else nobody can log in.",
  refusals: [],
  *find({ spec, effective }) {
    if (!spec.accounts) return;
    const users = usersOf(spec).filter(({ account }) => account !== effective.systemAccount);
    const others = Object.keys(spec.accounts).filter((account) => account !== effective.systemAccount);
    // Beside a system account alone everybody is in the global account.
    if (users.length > 0 || others.length === 0) return;
    yield { field: "accounts", problem: "have no user: nobody can log in", remedy: "Declare a user." };
  },
};

const READS: Readonly<Record<string, readonly string[]>> = {
  subjects: ["publisher", "consumer"],
  consumers: ["consumer"],
};

/** What a role does not read. */
export const roleReads: ClusterRule = {
  code: "CW123",
  severity: "warning",
  says: "`subjects` are for publishers and consumers, `consumers` for consumers.",
  refusals: [],
  *find({ spec }) {
    for (const { path, value } of usersOf(spec))
      for (const key of ["subjects", "consumers"] as const)
        if (value[key]?.length && !READS[key]?.includes(value.role ?? ""))
          yield {
            field: `${path}.${key}`,
            problem: `has no effect: ${value.role ? `a user with role ${value.role}` : "a user without a role"} has none`,
            remedy: "Set another role, or remove it.",
          };
  },
};

/** What stands in the servers' own words is written as it is: into values, files and ConfigMaps. */
export const noSecretWritten: ClusterRule = {
  code: "CW124",
  severity: "warning",
  says: "A secret in `extraConfig` is a variable, `<< $NAME >>`: a text is written as it is, where others can read it.",
  refusals: [],
  *find({ spec }) {
    // A server takes the hash of a password, which tells nobody the password.
    for (const { path, hash } of writtenSecrets(spec.extraConfig, "extraConfig", CONFIG_SECRETS))
      if (!hash)
        yield {
          field: path,
          problem: "is a secret written out, and would be written as it is, where others can read it",
          remedy: 'Name a variable of the servers: "<< $NAME >>".',
        };
  },
};
