import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What `docs/policy-gate.md` shows. */
export interface DocumentedGate {
  readonly files: Readonly<Record<string, string>>;
  /** Each command line after `headwater`, and what it prints. */
  readonly runs: readonly { readonly args: readonly string[]; readonly output: string }[];
  readonly junit: string;
  /** The parts of a report in JSON that `docs/cli.md` shows. */
  readonly json: Readonly<Record<string, unknown>>;
}

const WRITTEN_UNTIL = "2027-01-31";

/** Reads the pages; the day their waiver ends is moved to one that is 71 days ahead, as they say. */
export function documentedGate(): DocumentedGate {
  const until = new Date(Date.now() + 71 * 86_400_000).toISOString().slice(0, 10);
  const read = (page: string) =>
    readFileSync(join(__dirname, "../../docs", page), "utf8").replaceAll(WRITTEN_UNTIL, until);
  const [, , json = ""] = read("cli.md").split("```json\n");
  const blocks = [...read("policy-gate.md").matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language, text]) => ({
    language,
    text: text ?? "",
  }));
  const only = (language: string) => blocks.find((block) => block.language === language)?.text ?? "";
  const [yaml = "", manifests = ""] = blocks.filter(({ language }) => language === "yaml").map(({ text }) => text);
  const runs = blocks.filter(({ language }) => language === "console").map(({ text }) => text);
  return {
    files: { "orders.yaml": yaml, "manifests.yaml": manifests, "headwater.policy.json": only("json") },
    runs: runs.map((text) => {
      const [command = "", ...lines] = text.split("\n");
      return { args: command.replace("$ headwater ", "").split(" "), output: lines.join("\n") };
    }),
    junit: only("xml"),
    json: JSON.parse(json.split("```")[0] ?? ""),
  };
}

/** A report without the number of rules, which grows. */
export const withoutCount = (text: string) => text.replace(/by \d+ rules/, "by N rules");
