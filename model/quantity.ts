const SCALES: Readonly<Record<string, bigint>> = {
  "": 1n,
  k: 10n ** 3n,
  M: 10n ** 6n,
  G: 10n ** 9n,
  T: 10n ** 12n,
  Ki: 1n << 10n,
  Mi: 1n << 20n,
  Gi: 1n << 30n,
  Ti: 1n << 40n,
};

/** Bytes of a Kubernetes quantity, `"2Gi"` or `"1.5Gi"`, whole ones; `undefined` for what is none. */
export function parseQuantity(value: string | number | undefined): bigint | undefined {
  const [, whole, fraction = "", unit = ""] = /^(\d+)(?:\.(\d+))?([A-Za-z]*)$/.exec(String(value)) ?? [];
  const scale = SCALES[unit];
  if (whole === undefined || scale === undefined) return undefined;
  return (BigInt(whole + fraction) * scale) / 10n ** BigInt(fraction.length);
}
