export { Certificate, type CertificateArgs } from "./certificate";
export { CertificateAuthority, type CertificateAuthorityArgs } from "./certificate-authority";
export { Consumer, type ConsumerArgs } from "./consumer";
export { EncryptionKey, type EncryptionKeyArgs, type SecretAcknowledgment } from "./encryption-key";
export { EventBus } from "./event-bus";
export type {
  BusStreamManagement,
  EventBusArgs,
  ExoticEventBusArgs,
  NativeEventBusArgs,
} from "./event-bus-args";
export { fromChart } from "./from-chart";
export type { ManagedArgs } from "./input-of";
export { KeyValue, type KeyValueArgs } from "./key-value";
export { NatsCluster } from "./nats-cluster";
export type {
  ClusterAccess,
  ManagedEncryption,
  NatsClusterArgs,
  NatsClusterJetStream,
  WithSecrets,
} from "./nats-cluster-args";
export { ObjectStore, type ObjectStoreArgs } from "./object-store";
export { OutputResolver, type ResolvedValue } from "./output-resolver";
export { Provider, type ProviderArgs, type ProviderTlsArgs } from "./provider";
export { Stream, type StreamArgs } from "./stream";
export { Topology, type TopologyArgs } from "./topology";
