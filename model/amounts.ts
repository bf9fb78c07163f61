/** `1 message`, `1,204 messages` */
export function countOf(number: number, noun: string): string {
  return `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
}

const UNITS = ["bytes", "KiB", "MiB", "GiB", "TiB"];

/** A measured size for people: `512 bytes`, `7.4 GiB`. */
export function sizeOf(bytes: number | bigint): string {
  const amount = Number(bytes);
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, amount)) / 10));
  return power === 0
    ? `${amount} ${amount === 1 ? "byte" : "bytes"}`
    : `${(amount / 1024 ** power).toFixed(1)} ${UNITS[power]}`;
}
