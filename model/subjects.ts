// The server's rules: server/sublist.go isValidSubject, SubjectsCollide, subjectIsSubsetMatch.

/** True for a subject a stream or filter may name: non-empty tokens, `*` alone in its token, `>` only last. */
export function isValidSubject(subject: string): boolean {
  const tokens = subject.split(".");
  return (
    !/[\s\0]/.test(subject) && tokens.every((token, i) => token !== "" && (token !== ">" || i === tokens.length - 1))
  );
}

/** True when the subject has no wildcard token. */
export function isLiteral(subject: string): boolean {
  return subject.split(".").every((token) => token !== "*" && token !== ">");
}

/**
 * True when the server holds that some message could match both subjects. It takes a token that only begins with a
 * wildcard (`*a`) for one where both subjects have wildcards elsewhere; so does this.
 */
export function subjectsOverlap(a: string, b: string): boolean {
  if (a === b) return true;
  const [left, right] = [a.split("."), b.split(".")];
  const [leftOpen, rightOpen] = [left.includes(">"), right.includes(">")];
  const [leftLiteral, rightLiteral] = [!leftOpen && !left.includes("*"), !rightOpen && !right.includes("*")];
  if (leftLiteral) return !rightLiteral && tokensAreSubset(left, right);
  if (rightLiteral) return tokensAreSubset(right, left);
  const shorterIsOpen = left.length < right.length ? leftOpen : rightOpen;
  if (left.length !== right.length && !shorterIsOpen) return false;
  const common = Math.min(left.length, right.length);
  for (let i = 0; i < common; i++) if (!tokensCanMatch(left[i] as string, right[i] as string)) return false;
  return true;
}

function tokensCanMatch(a: string, b: string): boolean {
  return a !== "" && b !== "" && (a === b || isWild(a) || isWild(b));
}

function isWild(token: string): boolean {
  return token[0] === "*" || token[0] === ">";
}

/** True when every message of `subject` also matches `test`, as the server compares filters. */
export function isSubsetOf(subject: string, test: string): boolean {
  return tokensAreSubset(subject.split("."), test.split("."));
}

function tokensAreSubset(tokens: readonly string[], test: readonly string[]): boolean {
  for (const [i, wanted] of test.entries()) {
    const token = tokens[i];
    if (token === undefined || wanted === "") return false;
    if (wanted === ">") return true;
    if (token === "" || token === ">") return false;
    if (token === "*" ? wanted !== "*" : wanted[0] !== "*" && token !== wanted) return false;
  }
  return tokens.length === test.length;
}

/** Whether a token is one the server's comparisons treat specially without being a wildcard. */
export function isOddToken(token: string): boolean {
  return token.length > 1 && isWild(token);
}
