const UNITS: Readonly<Record<string, bigint>> = {
  h: 3_600_000_000_000n,
  m: 60_000_000_000n,
  s: 1_000_000_000n,
  ms: 1_000_000n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ns: 1n,
};
const WRITTEN = ["h", "m", "s", "ms", "us", "ns"] as const;
const PART = /(\d*)(?:\.(\d*))?(ms|us|µs|μs|ns|h|m|s)/y;
const MOST = (1n << 63n) - 1n;

/** Nanoseconds as Go reads them: one unit, the largest without remainder. Go knows no days: `"7d"` is `"168h"`. */
export function goDuration(nanoseconds: bigint): string {
  const unit = WRITTEN.find((one) => nanoseconds % (UNITS[one] ?? 1n) === 0n) ?? "ns";
  return nanoseconds === 0n ? "0s" : `${nanoseconds / (UNITS[unit] ?? 1n)}${unit}`;
}

/** Nanoseconds of what `time.ParseDuration` accepts and no limit of a server is: `"1h30m"`, `"0"`; not below zero. */
export function parseGoDuration(text: string): bigint | undefined {
  const body = text.startsWith("+") ? text.slice(1) : text;
  if (body === "0") return 0n;
  let total = 0n;
  let at = 0;
  while (at < body.length) {
    PART.lastIndex = at;
    const [part = "", whole = "", fraction = "", unit = ""] = PART.exec(body) ?? [];
    if (whole === "" && fraction === "") return undefined;
    // Go drops what is finer than a nanosecond.
    const scale = UNITS[unit] ?? 0n;
    total += BigInt(whole || "0") * scale + (BigInt(fraction || "0") * scale) / 10n ** BigInt(fraction.length);
    at += part.length;
  }
  return body === "" || total > MOST ? undefined : total;
}
