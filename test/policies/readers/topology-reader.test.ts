import { mergeTopologies } from "../../../model/topology-file";
import { readTopologyText } from "../../../model/topology-text";
import { topologyAccount } from "../../../policies/readers/topology-reader";

const WAIVE = [{ rule: "jetstream-retention-bounded", reason: "sized in May", expires: "2027-05-31" }];
const { sources } = readTopologyText(
  "all.yaml",
  `apiVersion: headwater.dev/v1
kind: Topology
streams: {ORDERS: {subjects: [orders.>], waive: ${JSON.stringify(WAIVE)}}}
external: {BILLS: {subjects: [bills.>]}}
`,
);

it("reads what files declare, with their waivers", () => {
  const facts = { version: "2.15.1" };
  expect(topologyAccount(mergeTopologies(sources), { facts, preflight: [] })).toEqual({
    declared: [{ kind: "stream", spec: { name: "ORDERS", subjects: ["orders.>"] }, waive: WAIVE }],
    external: { BILLS: { subjects: ["bills.>"] } },
    facts,
    preflight: [],
  });
});
