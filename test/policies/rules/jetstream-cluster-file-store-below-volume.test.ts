import { clusterFileStoreBelowVolume } from "../../../policies/rules/jetstream-cluster-file-store-below-volume";
import { messages, UNKNOWN } from "../support/judge";

const of = (fields: object, config?: object) =>
  messages(clusterFileStoreBelowVolume, ({ cluster }) => Object.assign(cluster, fields), { config: config as never });
const says = (text: string) => [`jetstream-cluster-file-store-below-volume cluster "nats": ${text}`];
const stored = (jetstream: object | undefined, config?: object) => of({ jetstream }, config);
const volume = { size: "100GiB" };
const LOWER = (most: string) => `Set it to ${most} at most, or raise jetstream.volume.size.`;

it("accepts the default and what is below it", () => {
  expect(of({})).toEqual([]);
  expect(stored({ volume, maxFileStore: "80GiB" })).toEqual([]);
  expect(of({ size: 5, jetstream: { volume } })).toEqual([]);
});

it("reports a store that fills its volume", () => {
  expect(stored({ volume, maxFileStore: "95GiB" })).toEqual(
    says(`jetstream.maxFileStore is 95.0 GiB, above 80 % of the volume, 80.0 GiB. ${LOWER("80GiB")}`),
  );
});

it.each([1, 3, 5])("reports %s servers without a volume", (size) => {
  const text = says("jetstream.volume is not set: what a server stores is gone with its pod. Set its size.");
  expect(of({ size, jetstream: undefined })).toEqual(text);
  expect(of({ size, jetstream: { maxFileStore: "1GiB" } })).toEqual(text);
});

it("asks for no volume where nothing is stored on file", () => {
  expect(stored({ maxFileStore: "0B" })).toEqual([]);
  expect(of({ jetstream: undefined, extraConfig: { jetstream: { enabled: false } } })).toEqual([]);
});

it("can ask for more room", () => {
  expect(stored({ volume }, { share: 0.7 })).toEqual(
    says(
      `jetstream.maxFileStore is 80 % of the volume where it is not set, above 70 % of the volume, 70.0 GiB. ${LOWER("70GiB")}`,
    ),
  );
  expect(stored({ volume, maxFileStore: "70GiB" }, { share: 0.7 })).toEqual([]);
  expect(stored({ volume, maxFileStore: -1 }, { share: 0.7 })).toHaveLength(1);
  expect(stored({ volume, maxFileStore: -1 })).toEqual([]);
});

it("judges what is known beside what is not known yet", () => {
  expect(stored(UNKNOWN)).toEqual([]);
  expect(stored({ volume: { size: UNKNOWN } })).toEqual([]);
  expect(stored({ volume, maxFileStore: UNKNOWN })).toEqual([]);
  expect(stored({ volume, maxFileStore: "95GiB", encryption: { key: { value: UNKNOWN } } })).toHaveLength(1);
});
