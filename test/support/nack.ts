import type { SpecKind } from "../../model/finding";
import { normalizeSpec } from "../../model/normalize";
import { parseDuration } from "../../model/units";

type Fields = Readonly<Record<string, unknown>>;

/** The normal form without what means nothing beside the rest, and what NACK writes in one way only. */
export function carriedBy(kind: SpecKind, spec: Fields): Fields {
  const { duplicateWindow, sampleFreq, priorityTimeout, ...rest } = normalizeSpec(kind, spec);
  const { maxAge, mirror, sources, priorityPolicy } = rest;
  // A window as long as a short age is what servers make of none.
  const short = (parseDuration(maxAge) ?? 0n) < (parseDuration("2m") ?? 0n);
  const implied = short && duplicateWindow === maxAge && !mirror && !sources;
  const percent = sampleFreq === undefined ? "0%" : `${Number.parseInt(String(sampleFreq), 10)}%`;
  return {
    ...rest,
    ...(duplicateWindow !== undefined && !implied && { duplicateWindow }),
    ...(percent !== "0%" && { sampleFreq: percent }),
    ...(priorityTimeout !== undefined && priorityPolicy === "pinned_client" && { priorityTimeout }),
  };
}
