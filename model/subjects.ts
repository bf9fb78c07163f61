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

/** True when some message could match both subjects. */
export function subjectsOverlap(a: string, b: string): boolean {
  const left = a.split(".");
  const right = b.split(".");
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [l, r] = [left[i], right[i]];
    if (l === undefined || r === undefined) return false;
    if (l === ">" || r === ">") return true;
    if (l !== r && l !== "*" && r !== "*") return false;
  }
  return true;
}

/** Every pair of subjects, one from each list, that some message could match both. */
export function overlappingSubjects(a: readonly string[], b: readonly string[]): [string, string][] {
  return a.flatMap((left) =>
    b.filter((right) => subjectsOverlap(left, right)).map((right): [string, string] => [left, right]),
  );
}
