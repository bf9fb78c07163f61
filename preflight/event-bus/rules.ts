import type { EventBusRule } from "./rule";
import * as clients from "./rules/clients";
import * as servers from "./rules/servers";
import * as stream from "./rules/stream";
import * as warned from "./rules/warned";

/** Every file of rules about event buses; each export of one is a rule. */
const files: readonly Readonly<Record<string, EventBusRule>>[] = [servers, stream, clients, warned];

/** Every rule about event buses, in the order of their codes. */
export const eventBusRules: readonly EventBusRule[] = files
  .flatMap((file) => Object.values(file))
  .sort((a, b) => a.code.localeCompare(b.code));
