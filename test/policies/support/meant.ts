import { normalizeSpec } from "../../../model/normalize";
import type { Asset } from "../../oracle/asset";

const SETS = ["subjects", "filterSubjects", "sources"];

/**
 * An asset written without what the normal form leaves out, and with its sets in order; values are as they were. Preflight
 * speaks of what is written, such as a place in a list: inputs of a resource and live assets have the normal form's.
 */
export function meant({ kind, spec }: Asset): Asset {
  const { waive } = spec;
  const written = Object.entries(normalizeSpec(kind, spec)).map(([key, value]) => {
    return [key, key in spec && !SETS.includes(key) ? spec[key] : value];
  });
  return { kind, spec: { ...Object.fromEntries(written), ...(waive !== undefined && { waive }) } };
}
