import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What `docs/policy-gate.md` shows. */
export interface DocumentedGate {
  readonly files: Readonly<Record<string, string>>;
  /** Each command line after `headwater`, and what it prints. */
  readonly runs: readonly { readonly args: readonly string[]; readonly output: string }[];
  readonly junit: string;
}

const WRITTEN_UNTIL = "2027-01-31";

/** Reads the page; the day its waiver ends is moved to one that is 71 days ahead, as the page says. */
export function documentedGate(): DocumentedGate {
  const until = new Date(Date.now() + 71 * 86_400_000).toISOString().slice(0, 10);
  const page = readFileSync(join(__dirname, "../../docs/policy-gate.md"), "utf8").replaceAll(WRITTEN_UNTIL, until);
  const blocks = [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language, text]) => ({
    language,
    text: text ?? "",
  }));
  const only = (language: string) => blocks.find((block) => block.language === language)?.text ?? "";
  const runs = blocks.filter(({ language }) => language === "console").map(({ text }) => text);
  return {
    files: { "orders.yaml": only("yaml"), "headwater.policy.json": only("json") },
    runs: runs.map((text) => {
      const [command = "", ...lines] = text.split("\n");
      return { args: command.replace("$ headwater ", "").split(" "), output: lines.join("\n") };
    }),
    junit: only("xml"),
  };
}

/** A report without the number of rules, which grows. */
export const withoutCount = (text: string) => text.replace(/by \d+ rules/, "by N rules");
