export type { Acknowledgment } from "./acknowledgment";
export { keyValueToStream, objectStoreToStream } from "./bucket-stream";
export type { ClusterSpec } from "./cluster/cluster-spec";
export { defineCluster } from "./cluster/cluster-spec";
export type { ConsumerSpec, PullConsumerSpec, PushConsumerSpec } from "./consumer-spec";
export type { EventBusSpec, ExoticEventBusSpec, NativeEventBusSpec } from "./event-bus/event-bus-spec";
export { defineEventBus } from "./event-bus/event-bus-spec";
export { eventBusStream } from "./event-bus/event-bus-stream";
export { normalizeEventBus } from "./event-bus/normalize-event-bus";
export type {
  SensorConsumerArgs,
  SensorDeliverPolicy,
  SensorDependency,
  SensorDependencyArgs,
} from "./event-bus/sensor";
export { sensorConsumer, sensorDependency } from "./event-bus/sensor";
export type { AssetKind, Finding } from "./finding";
export { formatFinding, HeadwaterError } from "./finding";
export type { KeyValueSpec } from "./key-value-spec";
export { normalizeConsumer, normalizeKeyValue, normalizeObjectStore, normalizeStream } from "./normalize";
export type { ObjectStoreSpec } from "./object-store-spec";
export type {
  MirrorStreamSpec,
  OwnStreamSpec,
  PlacementSpec,
  RepublishSpec,
  SourceSpec,
  StreamSpec,
  SubjectTransformSpec,
} from "./stream-spec";
export type { TopologySpec } from "./topology-spec";
export { defineTopology } from "./topology-spec";
export type { Bytes, Duration, Int64, Timestamp } from "./units";
export { bytes, duration, scaleBytes } from "./units";
export type { Waiver } from "./waiver";
