import { z } from "zod";

const text = (what: string) => z.string(`must be ${what}`).regex(/\S/, `must be ${what}`);

/** The shape of the acknowledgments of one asset. */
export const acknowledgmentsSchema = z.array(
  z.strictObject({
    /** The code of the change, as the message that refuses it says. */
    code: text("the code of a change"),
    /** The edited field. */
    field: text("a field"),
    /**
     * The value the field has afterwards.
     * @default - not set
     */
    to: z.unknown().optional(),
    /** Why this is right. */
    reason: text("a reason"),
  }),
);
