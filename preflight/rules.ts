import type { Rule } from "./rule";
import * as clusterSize from "./rules/account/cluster-size";
import * as accountConsumers from "./rules/account/consumer-limits";
import * as accountStreams from "./rules/account/stream-limits";
import * as delivery from "./rules/consumer/delivery";
import * as filters from "./rules/consumer/filters";
import * as priorityGroups from "./rules/consumer/priority-groups";
import * as start from "./rules/consumer/start";
import * as streamBounds from "./rules/consumer/stream-bounds";
import * as workQueue from "./rules/consumer/work-queue";
import * as cycles from "./rules/set/cycles";
import * as names from "./rules/set/names";
import * as setOrigins from "./rules/set/origins";
import * as subjectOverlap from "./rules/set/subject-overlap";
import * as copies from "./rules/stream/copies";
import * as counter from "./rules/stream/counter";
import * as discardNewPerSubject from "./rules/stream/discard-new-per-subject";
import * as duplicateWindow from "./rules/stream/duplicate-window";
import * as durableCopies from "./rules/stream/durable-copies";
import * as ownSubjects from "./rules/stream/own-subjects";
import * as persistMode from "./rules/stream/persist-mode";
import * as rollUps from "./rules/stream/roll-ups";
import * as schedules from "./rules/stream/schedules";
import * as sealed from "./rules/stream/sealed";
import * as transforms from "./rules/stream/transforms";
import * as warnedFilters from "./rules/warnings/filters";
import * as inertFields from "./rules/warnings/inert-fields";
import * as interest from "./rules/warnings/interest";
import * as references from "./rules/warnings/references";

/** Every file of rules; each export of one is a rule. */
const files: readonly Readonly<Record<string, Rule>>[] = [
  ownSubjects,
  duplicateWindow,
  rollUps,
  discardNewPerSubject,
  counter,
  schedules,
  persistMode,
  transforms,
  copies,
  durableCopies,
  sealed,
  names,
  subjectOverlap,
  cycles,
  setOrigins,
  start,
  delivery,
  filters,
  priorityGroups,
  workQueue,
  streamBounds,
  clusterSize,
  accountStreams,
  accountConsumers,
  references,
  warnedFilters,
  inertFields,
  interest,
];

/** Every rule. */
export const rules: readonly Rule[] = files.flatMap((file) => Object.values(file));
