const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** True for a public nkey whose checksum is right: base32 of a prefix, 32 bytes and a CRC-16 of both. */
export function isPublicKey(key: string): boolean {
  const bytes = decoded(key);
  if (bytes?.length !== 35) return false;
  const said = (bytes[33] as number) | ((bytes[34] as number) << 8);
  return crc16(bytes.slice(0, 33)) === said;
}

function decoded(text: string): readonly number[] | undefined {
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const letter of text) {
    const digit = ALPHABET.indexOf(letter);
    if (digit < 0) return undefined;
    value = ((value << 5) | digit) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((value >> bits) & 0xff);
  }
  return bytes;
}

// CRC-16/XMODEM.
function crc16(bytes: readonly number[]): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc;
}
