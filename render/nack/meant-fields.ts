import type { Declared } from "../../model/declared";
import { normalizeSpec } from "../../model/normalize";

/** The fields of an asset as they are written, without those that only write out what leaving them out would mean. */
export function meantFields({ kind, spec }: Pick<Declared, "kind" | "spec">): Declared["spec"] {
  const normal = normalizeSpec(kind, spec);
  return Object.fromEntries(Object.entries(spec).filter(([key]) => key in normal || (RENAMED[key] ?? key) in normal));
}

// A list of one filter is the filter.
const RENAMED: Readonly<Record<string, string>> = { filterSubjects: "filterSubject" };
