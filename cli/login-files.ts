import { createPrivateKey, X509Certificate } from "node:crypto";

/** What is wrong with a file that should hold the seed of a user nkey. */
export function seedFault(text: string): string | undefined {
  return /^SU[A-Z2-7]{56}$/.test(text) && endsWithChecksum(fromBase32(text))
    ? undefined
    : "holds no seed of a user nkey (SU…)";
}

/** What is wrong with a file that should hold a certificate. */
export function certificateFault(text: string): string | undefined {
  return succeeds(() => new X509Certificate(text)) ? undefined : "holds no certificate in PEM";
}

/** What is wrong with a file that should hold the key of a certificate. */
export function keyFault(text: string): string | undefined {
  return succeeds(() => createPrivateKey(text)) ? undefined : "holds no private key in PEM without a passphrase";
}

// The last two bytes of a seed are the CRC-16 (XMODEM) of the others, low byte first.
function endsWithChecksum(bytes: readonly number[]): boolean {
  let crc = 0;
  for (const byte of bytes.slice(0, -2)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
  }
  return bytes.at(-2) === (crc & 0xff) && bytes.at(-1) === crc >> 8;
}

function fromBase32(text: string): number[] {
  const digits = [...text].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter));
  const bits = digits.map((digit) => digit.toString(2).padStart(5, "0")).join("");
  return (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
}

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}
