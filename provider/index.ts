import { consumerDriver } from "./consumer-driver";
import { createHandler } from "./handler";
import { keyValueDriver, objectStoreDriver, streamDriver } from "./stream-driver";

// Loaded by the engine, by name: see constructs/pulumi/dynamic-resource.ts.
export const stream = createHandler(streamDriver);
export const consumer = createHandler(consumerDriver);
export const keyValue = createHandler(keyValueDriver);
export const objectStore = createHandler(objectStoreDriver);
