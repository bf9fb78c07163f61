import type { SpecKind } from "../model/finding";
import { consumerDriver } from "./consumer-driver";
import type { Driver } from "./driver";
import { keyValueDriver, objectStoreDriver, streamDriver } from "./stream-driver";

/** The driver of each kind of asset. */
export const drivers: Readonly<Record<SpecKind, Driver>> = {
  stream: streamDriver,
  consumer: consumerDriver,
  "key-value bucket": keyValueDriver,
  "object store": objectStoreDriver,
};
