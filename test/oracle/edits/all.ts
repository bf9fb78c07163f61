import { bucketCases } from "./buckets";
import { clusterCases } from "./cluster";
import { consumerCases } from "./consumers";
import { copyCases } from "./copies";
import type { EditCase } from "./edit-case";
import { limitCases } from "./limits";
import { retentionCases } from "./retention";
import { sampledCases } from "./sampled";
import { streamCases } from "./subjects";

/** Every edit that is written down, in one list. */
export const editCases: readonly EditCase[] = [
  ...sampledCases,
  ...limitCases,
  ...retentionCases,
  ...copyCases,
  ...consumerCases,
  ...streamCases,
  ...bucketCases,
  ...clusterCases,
];
