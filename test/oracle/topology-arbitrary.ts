import fc from "fast-check";
import { type Asset, streamOf } from "./asset";
import { KEY_VALUE_NAMES, keyValueArbitrary, OBJECT_STORE_NAMES, objectStoreArbitrary } from "./bucket-arbitrary";
import { consumerArbitrary, workQueueConsumers } from "./consumer-arbitrary";
import { withoutNewer } from "./newer-fields";
import type { Setting } from "./setting";
import { STREAM_NAMES, streamArbitrary } from "./stream-arbitrary";

const TOO_NEW_ONE_IN = 25;
const QUEUE = "Q";

/** Topologies a server accepts, and ones it refuses, in about equal parts. */
export function topologyArbitrary(setting: Setting): fc.Arbitrary<Asset[]> {
  return fc
    .record({ streams: streamsArbitrary(setting), buckets: bucketsArbitrary(setting), queue: queueArbitrary })
    .chain(({ streams, buckets, queue }) => {
      const holders = [...streams, ...buckets];
      const often = Array.from({ length: 20 }, () => holders.map(streamOf)).flat();
      const consumers = fc.array(consumerArbitrary([...often, "ABSENT"]), { maxLength: holders.length > 0 ? 4 : 1 });
      const [work, ...workers] = queue;
      const all = work ? [...streams, work, ...buckets] : holders;
      return consumers.map((list) => [...all, ...workers, ...list]);
    })
    .chain((assets) =>
      fc
        .nat({ max: TOO_NEW_ONE_IN - 1 })
        .map((draw) => (draw === 0 ? assets : assets.map((asset) => withoutNewer(asset, setting.version)))),
    );
}

function streamsArbitrary(setting: Setting): fc.Arbitrary<Asset[]> {
  // A stream with a bucket's name takes the bucket's place.
  const names = [...STREAM_NAMES, ...STREAM_NAMES, ...STREAM_NAMES, "KV_K", "OBJ_O"];
  return fc
    .uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 4 })
    .chain((chosen) => fc.tuple(...chosen.map((name) => streamArbitrary(name, setting))));
}

function bucketsArbitrary(setting: Setting): fc.Arbitrary<Asset[]> {
  const keyValues = fc
    .subarray([...KEY_VALUE_NAMES])
    .chain((chosen) => fc.tuple(...chosen.map((name) => keyValueArbitrary(name, setting))));
  const objectStores = fc
    .subarray([...OBJECT_STORE_NAMES])
    .chain((chosen) => fc.tuple(...chosen.map((name) => objectStoreArbitrary(name, setting))));
  const some = fc.tuple(keyValues, objectStores).map((lists) => lists.flat());
  return fc.oneof({ weight: 2, arbitrary: fc.constant<Asset[]>([]) }, some);
}

const queueArbitrary: fc.Arbitrary<Asset[]> = fc.oneof(
  { weight: 11, arbitrary: fc.constant<Asset[]>([]) },
  workQueueConsumers(QUEUE).map((consumers): Asset[] => [
    { kind: "stream", spec: { name: QUEUE, subjects: ["q.>"], retention: "workqueue" } },
    ...consumers,
  ]),
);
