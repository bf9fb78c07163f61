import { type Bytes, formatBytes, parseBytes } from "../../model/units";

const FACTORS: Readonly<Record<string, number>> = {
  "": 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** An amount as manifests write it: `10GiB` is `10Gi`. */
export function quantityOf(bytes: Bytes): string {
  return String(formatBytes(parseBytes(bytes) ?? 0n)).replace(/B$/, "");
}

/** Bytes of a quantity of memory. */
export function bytesOfQuantity(quantity: string | number): number {
  const [, number = "0", unit = ""] = /^([\d.]+)(\D*)$/.exec(String(quantity)) ?? [];
  return Number(number) * (FACTORS[unit] ?? 1);
}
