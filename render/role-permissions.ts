import type { PermissionsSpec, Role, UserSpec } from "../model/cluster/account-spec";

/** What the permissions of a role depend on besides its user. */
export interface RoleContext {
  /** JetStream domain of the servers; its API has a prefix of its own. */
  readonly domain?: string;
}

type RoleUser = Pick<UserSpec, "role" | "subjects" | "consumers" | "inboxPrefix">;
type Subjects = { readonly publish: readonly string[]; readonly subscribe: readonly string[] };

const READ = [
  "INFO",
  "STREAM.LIST",
  "STREAM.NAMES",
  "STREAM.INFO.*",
  "CONSUMER.LIST.*",
  "CONSUMER.NAMES.*",
  "CONSUMER.INFO.*.*",
];

/** Counting what an edit would discard looks at messages of the stream; without it a plan names the worst case. */
const COUNT = ["STREAM.MSG.GET.*"];

const CHANGE = [
  "STREAM.CREATE.*",
  "STREAM.UPDATE.*",
  "STREAM.DELETE.*",
  "CONSUMER.CREATE.*.*",
  "CONSUMER.DELETE.*.*",
  "CONSUMER.PAUSE.*.*",
];

const WATCHED = ["$JS.EVENT.ADVISORY.>", "$JS.EVENT.METRIC.>"];

type Grant = (user: RoleUser, api: (calls: readonly string[]) => string[]) => Subjects;

const GRANTS: Record<Role, Grant> = {
  admin: () => ({ publish: [">"], subscribe: [">"] }),
  planner: (user, api) => ({ publish: api(READ), subscribe: [inbox(user)] }),
  applier: (user, api) => ({ publish: api([...READ, ...COUNT, ...CHANGE]), subscribe: [inbox(user)] }),
  monitor: (user, api) => ({ publish: api(READ), subscribe: [inbox(user), ...WATCHED] }),
  publisher: (user) => ({ publish: user.subjects ?? [], subscribe: [inbox(user)] }),
  consumer: (user, api) => ({
    publish: (user.consumers ?? []).flatMap((consumer) => consumerCalls(consumer, api)),
    subscribe: [inbox(user), ...(user.subjects ?? [])],
  }),
};

/** The permissions a role means: what its work needs, and nothing else. */
export function rolePermissions(user: RoleUser, { domain }: RoleContext = {}): PermissionsSpec {
  const prefixes = domain ? [`$JS.${domain}.API`, "$JS.API"] : ["$JS.API"];
  const api = (calls: readonly string[]) => prefixes.flatMap((prefix) => calls.map((call) => `${prefix}.${call}`));
  const { publish, subscribe } = GRANTS[user.role ?? "admin"](user, api);
  return {
    publish: publishPermission(publish, user.role),
    subscribe: { allow: subscribe },
  };
}

function publishPermission(allow: readonly string[], role: Role = "admin"): PermissionsSpec["publish"] {
  // An empty list would allow everything.
  if (allow.length === 0) return { deny: [">"] };
  const reachesApi = role === "publisher" && allow.some((subject) => /^[*>]/.test(subject));
  return reachesApi ? { allow, deny: ["$JS.>"] } : { allow };
}

const inbox = ({ inboxPrefix = "_INBOX" }: RoleUser) => `${inboxPrefix}.>`;

// Acknowledgments and flow control have a second form, which begins with the domain and a hash of the account.
function consumerCalls(consumer: string, api: (calls: readonly string[]) => string[]): string[] {
  const path = consumer.replace("/", ".");
  return [
    ...api([`CONSUMER.MSG.NEXT.${path}`, `CONSUMER.INFO.${path}`]),
    `$JS.ACK.${path}.>`,
    `$JS.ACK.*.*.${path}.>`,
    `$JS.FC.${path}.*`,
    `$JS.FC.*.*.${path}.*`,
  ];
}
