import type { ClusterRule } from "./rule";
import * as accounts from "./rules/accounts";
import * as certificates from "./rules/certificates";
import * as exported from "./rules/exports";
import * as imported from "./rules/imports";
import * as links from "./rules/links";
import * as logins from "./rules/logins";
import * as operator from "./rules/operator";
import * as servers from "./rules/servers";
import * as storage from "./rules/storage";
import * as streams from "./rules/streams";
import * as warnedAuth from "./rules/warned-logins";
import * as warnedServers from "./rules/warned-servers";
import * as warnedStorage from "./rules/warned-storage";

/** Every file of rules about clusters; each export of one is a rule. */
const files: readonly Readonly<Record<string, ClusterRule>>[] = [
  servers,
  logins,
  accounts,
  exported,
  imported,
  certificates,
  storage,
  links,
  operator,
  streams,
  warnedServers,
  warnedStorage,
  warnedAuth,
];

/** Every rule about clusters, in the order of their codes: that of a file's exports depends on what compiled it. */
export const clusterRules: readonly ClusterRule[] = files
  .flatMap((file) => Object.values(file))
  .sort((a, b) => a.code.localeCompare(b.code));
