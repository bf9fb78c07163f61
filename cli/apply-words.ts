import type { Finding } from "../model/finding";
import { inFlags } from "./server-options";

// What messages of a Pulumi program say, and what it is here.
const WORDS: readonly (readonly [said: string, here: string])[] = [
  ['set replace: "allow"', "delete it on the server and run this again"],
  ["Run up again with --refresh", "Run it again"],
];

const ON_SERVER = / of (stream|key-value bucket|object store) ("[^"]+") on the server$/;

/** Says of subjects a stream on the server has how they change hands where that stream is to be deleted. */
export function withHandover(finding: Finding): Finding {
  const [, kind, other] = (finding.code === "SP201" && ON_SERVER.exec(finding.problem)) || [];
  if (!other) return finding;
  const ways = `declare it once more beside ${JSON.stringify(finding.name)} with other subjects and remove it in the next run, or run once with --prune and without ${JSON.stringify(finding.name)}`;
  return { ...finding, remedy: `${finding.remedy} Where ${kind} ${other} is to go: ${ways}.` };
}

/** A finding in the words of `headwater apply`. */
export function inApplyWords(finding: Finding): Finding {
  const say = (text: string) => WORDS.reduce((all, [said, here]) => all.replaceAll(said, here), inFlags(text));
  return { ...finding, problem: say(finding.problem), remedy: say(finding.remedy) };
}
