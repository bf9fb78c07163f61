import { transformProblem } from "../../model/subject-transform";
import { isLiteral } from "../../model/subjects";

const WILDCARD = /^(\$\d+|\{\{\s*[wW]ildcard\s*\(.*\)\s*\}\})$/;

/**
 * Why a subject cannot be imported as another, `undefined` where it can: a mapping of an import has to be reversible.
 * server/subject_transform.go NewSubjectTransformStrict.
 */
export function importMappingProblem(subject: string, to: string, version: string): string | undefined {
  if (to === subject || isLiteral(subject)) return undefined;
  const wanted = subject.split(".").filter((token) => token === "*").length;
  const tokens = numbered(to);
  const wrong = transformProblem(subject, tokens.join("."), version);
  if (wrong) return wrong;
  const other = tokens.find((token) => token.startsWith("{{") && !WILDCARD.test(token));
  if (other) return `${other} cannot be undone`;
  const used = tokens.filter((token) => WILDCARD.test(token)).length;
  return used < wanted ? `it uses ${used} of ${wanted} wildcards` : undefined;
}

// A wildcard stands for the one of its position.
function numbered(to: string): readonly string[] {
  let position = 0;
  return to.split(".").map((token) => (token === "*" ? `$${++position}` : token));
}
