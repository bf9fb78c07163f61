export { Consumer, type ConsumerArgs } from "./consumer";
export type { ManagedArgs } from "./input-of";
export { KeyValue, type KeyValueArgs } from "./key-value";
export { ObjectStore, type ObjectStoreArgs } from "./object-store";
export { Provider, type ProviderArgs, type ProviderTlsArgs } from "./provider";
export { Stream, type StreamArgs } from "./stream";
export { Topology, type TopologyArgs } from "./topology";
