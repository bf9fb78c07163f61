import { unlessHidden } from "../../preflight/asset";
import { tlsOf, usersOf } from "../../preflight/cluster/members";
import { isSet } from "../../preflight/values";
import { type AddedKey, addedKeys } from "../../render/added-config";
import { defineRule } from "../rule";
import type { ClusterAsset } from "../system";
import { unjudgedPatches } from "../unjudged-patches";

const EVERYBODY = "is not set: everybody who reaches a server reads, writes and deletes everything";

/** Whoever connects says who he is, and proves it. */
export const clusterAuthEnabled = defineRule({
  id: "jetstream-cluster-auth-enabled",
  title: "Nobody uses the servers without logging in",
  severity: "critical",
  levels: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  why: "A server without users lets everybody in who reaches its port, and gives them all of JetStream's API: they can delete every stream. So does a server whose only users belong to the system account.",
  fix: "Declare accounts with users that have a password, an nkey or a certificate, or use an operator.",
  topics: ["security", "access"],
  frameworks: ["ISO/IEC 27001:2022 A.8.5", "SOC 2 CC6.1"],
  on: "cluster",
  example: {
    fails: { name: "nats", size: 3 },
    passes: {
      name: "nats",
      size: 3,
      accounts: {
        SHOP: { users: [{ user: "deploy", role: "applier", password: { secretName: "nats-logins", key: "deploy" } }] },
      },
    },
  },
  *find(cluster) {
    const { spec } = cluster;
    const added = unlessHidden(() => addedKeys(spec)) ?? [];
    const noAuthUser = unlessHidden(() => spec.noAuthUser);
    if (noAuthUser !== undefined) yield guest("noAuthUser", noAuthUser);
    for (const { key, value, field } of added)
      if (/^((websocket|mqtt)\.)?no_auth_user$/.test(key) && typeof value === "string") yield guest(field, value);
    if (unlessHidden(() => !isGuarded(cluster, addedKeys(spec))))
      yield { field: "accounts", problem: unlessHidden(() => spec.accounts) ? NO_USER : EVERYBODY };
    yield* nameAlone(cluster, noAuthUser);
    yield* unjudgedPatches(spec, ["accounts", "authorization", "no_auth_user", "operator"], "logins");
  },
});

const NO_USER =
  "have no user outside the system account: everybody who reaches a server is let in, and uses the global account";

const guest = (field: string, user: string) => ({
  field,
  value: user,
  problem: `lets everybody in who does not log in, as ${JSON.stringify(user)}`,
  remedy: "Remove it, and give each client a user of its own.",
});

// A server asks for logins as soon as it has a user of an account that is not the servers' own; users of that one alone let
// everybody else into the global account.
function isGuarded({ spec, effective }: ClusterAsset, added: readonly AddedKey[]): boolean {
  if (spec.operator || spec.authorization) return true;
  const isSaid = (key: RegExp) => added.some((one) => key.test(one.key) && isSet(one.value));
  if (LOGINS.some(isSaid)) return true;
  const system = effective.systemAccount ?? added.find(({ key }) => key === "system_account")?.value;
  const names = added.flatMap(({ key }) => /^accounts\.([^.]+)/.exec(key)?.[1] ?? []);
  const others = [...Object.keys(spec.accounts ?? {}), ...names].filter((name) => name !== system);
  const hasUsers = usersOf(spec).length > 0 || isSaid(/^accounts\..+\.(users|nkeys)$/);
  return hasUsers && (others.length > 0 || system === undefined);
}

const LOGINS = [/^operator$/, /^authorization\.(user|token|users|auth_callout\b.*)$/];

// What a certificate proves needs no password; the guest is named above.
function* nameAlone({ spec }: ClusterAsset, noAuthUser: string | undefined) {
  if (unlessHidden(() => !tlsOf(spec).some(({ value }) => value.verifyAndMap)) !== true) return;
  for (const { path, value } of unlessHidden(() => usersOf(spec)) ?? []) {
    const hasProof = unlessHidden(() => value.password !== undefined || value.nkey !== undefined);
    if (hasProof !== false || value.user === noAuthUser) continue;
    yield {
      field: path,
      problem: `lets everybody in who says ${JSON.stringify(value.user)}: it has no password`,
      remedy: "Set password or nkey, or tls.client.verifyAndMap for certificates.",
    };
  }
}
