import { formatFinding } from "../../../model/finding";
import { check } from "../../../policies/check";
import { waiverValid } from "../../../policies/rules/jetstream-waiver-valid";
import { edited } from "../support/judge";

const waiver = { rule: "jetstream-consumer-ack-explicit", reason: "a mirror reads it", expires: "2026-06-15" };
const judged = (waive: object[] | undefined, today: string, config: object = {}) => {
  const { topology, cluster } = edited(({ topology }) =>
    Object.assign(topology.consumers[0], { ackPolicy: "all", waive }),
  );
  const options = { today: new Date(today), config: [{ ...config }] };
  return check({ topology, clusters: [cluster] }, options).findings.filter(({ rule }) => rule === waiverValid.id);
};

it("accepts a waiver that holds", () => {
  expect(judged(undefined, "2026-06-15")).toEqual([]);
  expect(judged([waiver], "2026-06-15")).toEqual([]);
});

it("reports one that has expired, in every environment", () => {
  const found = judged([waiver], "2026-07-01");
  expect(found.map(formatFinding)).toEqual([
    'jetstream-waiver-valid consumer "ORDERS_V1/billing_orders_paid": waive[0].expires of jetstream-consumer-ack-explicit expired 16 days ago, on 2026-06-15. Mend what it lifted and remove it, or agree on a later date and give the reason anew.',
  ]);
  expect(found[0]).toMatchObject({ level: "mandatory", severity: "error", value: "2026-06-15" });
  expect(Object.values(waiverValid.levels)).toEqual(["mandatory", "mandatory", "mandatory"]);
});

it("takes how far ahead one may expire", () => {
  const longest = (value: string) => judged([waiver], "2026-06-01T00:00:00Z", { [waiverValid.id]: { longest: value } });
  expect([longest("14d"), longest("13d"), longest("0s")].map(({ length }) => length)).toEqual([0, 1, 0]);
});

it("is lifted by nothing", () => {
  const found = judged([{ ...waiver, rule: waiverValid.id }], "2026-06-01");
  expect(found.map(formatFinding)).toEqual([
    'jetstream-waiver-valid consumer "ORDERS_V1/billing_orders_paid": waive[0].rule names jetstream-waiver-valid, which cannot be waived. Remove it.',
  ]);
});
