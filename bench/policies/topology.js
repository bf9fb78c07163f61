// What people write who keep the rules, so that every rule reads all it has to.
const stream = (i) => ({
  description: `Events of service ${i}`,
  subjects: [`events${i}.v1.created`, `events${i}.v1.changed`],
  maxAge: "30d",
  maxBytes: "1GiB",
  maxMsgSize: "64KiB",
  replicas: 3,
  duplicateWindow: "2m",
  dataClass: "standard",
  metadata: { owner: `team-${i % 20}` },
});

const consumer = (i) => ({
  stream: nameOf(i),
  name: `service-${i}_events_created`,
  description: `Reads what service ${i} created`,
  kind: "pull",
  ackPolicy: "explicit",
  filterSubject: `events${i}.v1.created`,
  maxDeliver: 4,
  backoff: ["1s", "10s", "1m"],
  maxAckPending: 256,
});

// What consumers give up is listened to.
const UNDELIVERED = {
  ...stream(0),
  description: "Messages that were given up",
  subjects: ["$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.>"],
};

const nameOf = (i) => `EVENTS${i}_V1`;

/** Many streams with a consumer each. */
function judgedTopology(count) {
  const indexes = Array.from({ length: count }, (_, i) => i);
  return {
    streams: Object.fromEntries([...indexes.map((i) => [nameOf(i), stream(i)]), ["UNDELIVERED", UNDELIVERED]]),
    consumers: indexes.map(consumer),
  };
}

module.exports = { judgedTopology };
