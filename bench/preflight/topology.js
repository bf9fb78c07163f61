const PULL = { kind: "pull", ackPolicy: "explicit" };

/** Subjects as people write them: literal, with wildcards at the end and in the middle; no two overlap. */
const USUAL = [
  (i) => [`orders.eu.n${i}.*.created`, `orders.us.n${i}.>`],
  (i) => [`events.v${i % 7}.n${i}.*`],
  (i) => [`telemetry.*.n${i}.raw`, `telemetry.*.n${i}.status.*`],
  (i) => [`region-${i % 50}.*.n${i}.>`],
  (i) => [`audit.n${i}`, `audit.n${i}.decisions.>`],
];

/** How subjects are made. Where many begin with a wildcard and many have one next, every pair must be told apart. */
const MIXES = { usual: USUAL, crossing: USUAL.with(3, (i) => [`*.tail-n${i}`]) };

// A wildcard in front meets the server's own subjects: a stream may have it only without acknowledgments.
function ownStream(i, shapes) {
  const subjects = shapes[i % shapes.length](i);
  const noAck = subjects.some((subject) => subject.startsWith("*"));
  return { subjects, maxAge: "7d", maxBytes: "1GiB", replicas: 3, ...(noAck && { noAck }) };
}

/** Out of twenty streams two are work queues, one is a mirror and one gathers from two others. */
const SPECIAL = {
  0: (i) => ({ subjects: [`work.n${i}.>`], retention: "workqueue", maxBytes: "1GiB" }),
  5: (i) => ({ mirror: { name: nameOf(i - 1) }, maxBytes: "1GiB" }),
  10: (i) => ({ subjects: [`work.n${i}.>`], retention: "workqueue", maxBytes: "1GiB" }),
  15: (i) => ({
    sources: [{ name: nameOf(i - 1) }, { name: nameOf(i - 3), filterSubject: `telemetry.*.n${i - 3}.raw` }],
    maxBytes: "1GiB",
  }),
};

const nameOf = (i) => `STREAM_${i}`;

function consumer(i) {
  const filter = i % 10 === 0 ? { filterSubject: `work.n${i}.jobs.*` } : {};
  return { stream: nameOf(i), name: `reader-${i}`, ...PULL, maxDeliver: 4, backoff: ["100ms", "1s"], ...filter };
}

/** A topology of many streams with one consumer each, and a bucket for every ten of them. */
function largeTopology(count, mix) {
  const indexes = Array.from({ length: count }, (_, i) => i);
  const streams = indexes.map((i) => [nameOf(i), (SPECIAL[i % 20] ?? ownStream)(i, MIXES[mix])]);
  const buckets = (remainder, bucket) =>
    Object.fromEntries(indexes.filter((i) => i % 20 === remainder).map((i) => [`bucket-${i}`, bucket]));
  return {
    streams: Object.fromEntries(streams),
    keyValues: buckets(3, { history: 5, ttl: "1h", maxBytes: "64MiB" }),
    objectStores: buckets(13, { maxBytes: "1GiB" }),
    consumers: indexes.map(consumer),
  };
}

/** How many assets a topology declares. */
function assetsOf({ streams, keyValues, objectStores, consumers }) {
  return [streams, keyValues, objectStores, consumers].reduce((sum, part) => sum + Object.keys(part).length, 0);
}

module.exports = { largeTopology, assetsOf };
