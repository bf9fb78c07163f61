/** Types of the resources in state. Changing one needs an alias: never do. */
export const typeTokens = {
  stream: "pulumi-nodejs:dynamic/nats:Stream",
  consumer: "pulumi-nodejs:dynamic/nats:Consumer",
  keyValue: "pulumi-nodejs:dynamic/nats:KeyValue",
  objectStore: "pulumi-nodejs:dynamic/nats:ObjectStore",
  encryptionKey: "pulumi-nodejs:dynamic/nats:EncryptionKey",
  certificateAuthority: "pulumi-nodejs:dynamic/nats:CertificateAuthority",
  certificate: "pulumi-nodejs:dynamic/nats:Certificate",
  password: "pulumi-nodejs:dynamic/nats:Password",
  clusterChange: "pulumi-nodejs:dynamic/nats:ClusterChange",
  eventBusChange: "pulumi-nodejs:dynamic/nats:EventBusChange",
  clusterMembers: "pulumi-nodejs:dynamic/nats:ClusterMembers",
} as const;

/** A resource's handler in `headwater/provider`, and the last part of its type. */
export type HandlerName = keyof typeof typeTokens;
