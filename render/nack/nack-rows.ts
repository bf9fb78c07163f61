import type { SpecKind } from "../../model/finding";
import { keyValueRows, objectStoreRows } from "./bucket-rows";
import { consumerRows } from "./consumer-rows";
import type { Row } from "./row";
import { streamRows } from "./stream-rows";

/** How each field of each kind travels. */
export const nackRows: Readonly<Record<SpecKind, readonly Row[]>> = {
  stream: streamRows,
  consumer: consumerRows,
  "key-value bucket": keyValueRows,
  "object store": objectStoreRows,
};

/** Fields no row carries: the data class goes with the metadata, or as an annotation; the kind follows from `deliverSubject`. */
export const carriedBeside: Readonly<Record<SpecKind, readonly string[]>> = {
  stream: ["dataClass"],
  consumer: ["kind"],
  "key-value bucket": ["dataClass"],
  "object store": ["dataClass"],
};
