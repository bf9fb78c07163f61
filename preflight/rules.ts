import type { Rule } from "./rule";
import { captureAllAcks, captureAllReplicas, ownSubjectsOverlap, systemSubjects } from "./rules/stream/own-subjects";

/** Every rule, in the order findings are read. */
export const rules: readonly Rule[] = [ownSubjectsOverlap, captureAllAcks, captureAllReplicas, systemSubjects];
