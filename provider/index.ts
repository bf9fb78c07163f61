import { authorityDriver } from "./authority-driver";
import { certificateDriver } from "./certificate-driver";
import { clusterChange } from "./cluster/cluster-change";
import { clusterMembers } from "./cluster/cluster-members";
import { consumerDriver } from "./consumer-driver";
import { encryptionKeyDriver } from "./encryption-key-driver";
import { eventBusChange } from "./event-bus-change";
import { createHandler } from "./handler";
import { passwordDriver } from "./password-driver";
import { createSecretHandler } from "./secret-handler";
import { keyValueDriver, objectStoreDriver, streamDriver } from "./stream-driver";

// Loaded by the engine, by name: see constructs/pulumi/dynamic-resource.ts.
export const stream = createHandler(streamDriver);
export const consumer = createHandler(consumerDriver);
export const keyValue = createHandler(keyValueDriver);
export const objectStore = createHandler(objectStoreDriver);
export const encryptionKey = createSecretHandler(encryptionKeyDriver);
export const certificateAuthority = createSecretHandler(authorityDriver);
export const certificate = createSecretHandler(certificateDriver);
export const password = createSecretHandler(passwordDriver);
export { clusterChange, clusterMembers, eventBusChange };
