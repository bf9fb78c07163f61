import { clusterOddSize } from "../../../policies/rules/jetstream-cluster-odd-size";
import { messages, UNKNOWN } from "../support/judge";

const of = (size: unknown, config?: object) =>
  messages(clusterOddSize, ({ cluster }) => Object.assign(cluster, { size }), { config: config as never });
const says = (text: string) => [`jetstream-cluster-odd-size cluster "nats": ${text}`];

it.each([undefined, 1, 3, 5])("accepts size %s", (size) => expect(of(size)).toEqual([]));

it.each([4, 6])("reports %s servers", (size) => {
  expect(of(size)).toEqual(
    says(`size ${size} is even: no more servers may be lost than with ${size - 1}. Use 3 or 5 servers.`),
  );
});

it("reports two servers", () => {
  expect(of(2)).toEqual(
    says("size 2 is even: a majority of two is both, and either loss stops it. Use 3 or 5 servers."),
  );
});

it("can ask for more servers", () => {
  expect(of(3, { least: 3 })).toEqual([]);
  expect(of(undefined, { least: 3 })).toEqual(says("size 1 is less than 3. Use 3 servers or more."));
  expect(of(2, { least: 3 })).toHaveLength(2);
});

it("says nothing of a size that is not known yet", () => expect(of(UNKNOWN)).toEqual([]));
