import { readFileSync } from "node:fs";
import { z } from "zod";

// The formats of addresses are left out: a relative one is an address in SARIF, and none to the checker.
const text = readFileSync(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8");
const schema = z.fromJSONSchema(JSON.parse(text, (key, value) => (key === "format" ? undefined : value)));

interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  readonly results: readonly SarifResult[];
}

/** One result, as far as tests look at it. */
export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly suppressions?: readonly object[];
}

/** Reads a SARIF log; fails where its schema or the standard's text would. Answers its one run. */
export function validSarif(log: string): Run {
  const value: unknown = JSON.parse(log);
  const { error } = schema.safeParse(value);
  if (error) throw new Error(z.prettifyError(error));
  const [run] = (value as { runs: [Run] }).runs;
  const ids = run.tool.driver.rules.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { ruleId, ruleIndex } of run.results) expect(ids[ruleIndex]).toBe(ruleId);
  // 3.27.23: suppressions of a run are all there or all absent.
  expect(new Set(run.results.map(({ suppressions }) => suppressions === undefined)).size).toBeLessThan(2);
  return run;
}
