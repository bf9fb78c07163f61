import { z } from "zod";
import type { Waiver } from "./waiver";

const text = (what: string) => z.string(`must be ${what}`).regex(/\S/, `must be ${what}`);

/** True for a day of the calendar, `YYYY-MM-DD`. */
function isDay(value: unknown): value is string {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const instant = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(value);
}

/** The shape of one waiver. */
export const waiverSchema = z.strictObject({
  /** The rule, as the message that refuses says. */
  rule: text("the name of a rule"),
  /** Why this is right; every report shows it. */
  reason: text("a reason"),
  /** Last day it holds, in UTC. */
  expires: z.custom<string>(isDay, 'must be a date such as "2026-12-31"'),
  /**
   * Where it was agreed.
   * @default - none
   */
  ticket: text("a ticket").optional(),
}) satisfies z.ZodType<Waiver>;

export const waiversSchema = z.array(waiverSchema);
