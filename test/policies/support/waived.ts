import { formatFinding } from "../../../model/finding";
import type { WaivedFinding } from "../../../policies/finding";

// biome-ignore lint/suspicious/noExplicitAny: tests break data on purpose
export type Loose = any;

/** A finding that is lifted, as text. */
export function formatWaived({ finding, waiver: { reason, expires }, source }: WaivedFinding): string {
  return `${source} (${reason}, until ${expires}) lifts ${formatFinding(finding)}`;
}
