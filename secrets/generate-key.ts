import { randomInt } from "node:crypto";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ALPHANUMERIC = `${LETTERS}0123456789`;
// A letter and 43 letters or digits: log2(52 * 62^43) is 261 bits.
const LENGTH = 44;

/**
 * A new encryption key: 44 letters and digits with more than 256 bits of chance, a letter first. A server's configuration
 * reads the value of a variable as it reads the file: this form is always a text, never a number, a size or a variable.
 */
export function generateKey(): string {
  return Array.from({ length: LENGTH }, (_, i) => pick(i === 0 ? LETTERS : ALPHANUMERIC)).join("");
}

// `randomInt` has no bias toward some letters.
function pick(letters: string): string {
  return letters.charAt(randomInt(letters.length));
}
