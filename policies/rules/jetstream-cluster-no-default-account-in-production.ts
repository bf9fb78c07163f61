import { addedKeys } from "../../render/added-config";
import { defineRule } from "../rule";

/** Everybody in one account sees everything. */
export const clusterNoDefaultAccount = defineRule({
  id: "jetstream-cluster-no-default-account-in-production",
  title: "Streams are in accounts of their own, not in the global account",
  severity: "high",
  levels: { dev: "disabled", staging: "advisory", prod: "mandatory" },
  why: "Without accounts everybody is in the global account: every client sees every subject and stream of everybody else, and one of them can use up all the storage. An account is also what limits and permissions are given to, and moving streams out of the global account later means copying them.",
  fix: "Declare an account for each team or application under accounts, or use an operator.",
  topics: ["security", "isolation"],
  frameworks: ["ISO/IEC 27001:2022 A.8.3", "SOC 2 CC6.1"],
  on: "cluster",
  example: {
    fails: {
      name: "nats",
      size: 3,
      authorization: { user: "app", password: { secretName: "nats-logins", key: "app" } },
    },
    passes: {
      name: "nats",
      size: 3,
      accounts: {
        SHOP: { users: [{ user: "app", role: "applier", password: { secretName: "nats-logins", key: "app" } }] },
      },
    },
  },
  *find({ spec, effective }) {
    if (spec.operator) return;
    const own = Object.keys(spec.accounts ?? {}).filter((name) => name !== effective.systemAccount);
    const isAdded = addedKeys(spec).some(({ key }) => key === "operator" || /^accounts\.(?!SYS\b|\$)/.test(key));
    if (own.length > 0 || isAdded) return;
    const problem = spec.accounts
      ? "has the system account alone: every client is in the global account"
      : "is not set: every client is in the global account";
    yield { field: "accounts", problem };
  },
});
