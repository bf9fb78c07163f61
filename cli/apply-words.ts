import type { Finding } from "../model/finding";
import { inFlags } from "./server-options";

// What messages of a Pulumi program say, and what it is here.
const WORDS: readonly (readonly [said: string, here: string])[] = [
  ['set replace: "allow"', "delete it on the server and run this again"],
  ["Run up again with --refresh", "Run it again"],
];

/** A finding in the words of `headwater apply`. */
export function inApplyWords(finding: Finding): Finding {
  const say = (text: string) => WORDS.reduce((all, [said, here]) => all.replaceAll(said, here), inFlags(text));
  return { ...finding, problem: say(finding.problem), remedy: say(finding.remedy) };
}
