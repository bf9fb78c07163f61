import { formatFinding } from "../../../model/finding";
import { check } from "../../../policies/check";
import { waiverUsed } from "../../../policies/rules/jetstream-waiver-used";
import { edited, UNKNOWN } from "../support/judge";

const waiver = { rule: "jetstream-retention-bounded", reason: "sized in July", expires: "2026-06-15" };
const judged = (fields: object, options: object = {}) => {
  const { topology } = edited(({ topology }) => Object.assign(topology.streams.JOBS_V1, fields));
  const { findings } = check({ topology }, { today: new Date("2026-06-01"), ...options });
  return findings.filter(({ rule }) => rule === waiverUsed.id);
};

it("accepts a waiver that lifts something", () => {
  expect(judged({})).toEqual([]);
  expect(judged({ waive: [waiver], maxAge: undefined })).toEqual([]);
  expect(judged({ waive: [waiver, waiver], maxAge: undefined })).toEqual([]);
});

it("reports one that lifts nothing", () => {
  const found = judged({ waive: [{ ...waiver, rule: "jetstream-preflight-warnings" }, waiver] });
  expect(found.map(formatFinding)).toEqual([
    'jetstream-waiver-used stream "JOBS_V1": waive[0] lifts nothing: jetstream-preflight-warnings finds nothing here (it holds until 2026-06-15). Remove it.',
    'jetstream-waiver-used stream "JOBS_V1": waive[1] lifts nothing: jetstream-retention-bounded finds nothing here (it holds until 2026-06-15). Remove it.',
  ]);
  expect(found.map(({ level }) => level)).toEqual(["advisory", "advisory"]);
});

it("takes its level from the configuration", () => {
  const at = (level: string) => judged({ waive: [waiver] }, { config: [{ [waiverUsed.id]: level }] });
  expect(at("mandatory")).toMatchObject([{ level: "mandatory", severity: "error" }]);
  expect(at("disabled")).toEqual([]);
});

it("passes over what is no waiver, which is said elsewhere", () => {
  expect(judged({ waive: [{ ...waiver, expires: "soon" }, UNKNOWN] })).toEqual([]);
  expect(judged({ waive: "all" })).toEqual([]);
});
