const { stringify } = require("yaml");

// Examples that have a date in them are judged on this day.
const EXAMPLE_DAY = "2026-06-01";

/**
 * The pages about policies by path, made from what the rules say of themselves. `listing` is the text of
 * `policies/rules.ts`, whose comments are the groups; `check` and `formatFinding` are the product's.
 */
function policyPages({ rules, listing, check, formatFinding }) {
  const messages = (rule) => found(rule, rule.example.fails, check).map(formatFinding);
  const pages = rules.map((rule) => [`docs/policies/${rule.id}.md`, page(rule, messages(rule))]);
  return Object.fromEntries([["docs/policies.md", overview(groupsOf(rules, listing))], ...pages]);
}

/** What a rule finds in an example; every other rule is off, but for those waivers need. */
function found(rule, example, check) {
  const others = rule.on === "waivers" ? "advisory" : "disabled";
  const config = [{ all: others, [rule.id]: rule.on === "waivers" ? levelOf(rule) : "mandatory" }];
  const { findings } = check(inputOf(example), { config, today: new Date(EXAMPLE_DAY) });
  return findings.filter((finding) => finding.rule === rule.id);
}

const levelOf = ({ levels }) => (levels.prod === "disabled" ? "advisory" : levels.prod);

function inputOf(example) {
  const parts = [example].flat();
  return {
    topology: parts.find(isTopology),
    clusters: parts.filter((part) => !isTopology(part) && !isEventBus(part)),
    eventBuses: parts.filter(isEventBus),
  };
}

const isTopology = (part) =>
  ["streams", "keyValues", "objectStores", "consumers", "external"].some((key) => key in part);

const isEventBus = (part) => part.type === "native" || part.type === "exotic";

/** The documents an example is in a file. */
function documents(example) {
  return [example].flat().map((part) => {
    const { name, ...fields } = part;
    return isTopology(part)
      ? { apiVersion: "headwater.dev/v1", kind: "Topology", ...part }
      : {
          apiVersion: "headwater.dev/v1",
          kind: isEventBus(part) ? "EventBus" : "Cluster",
          metadata: { name },
          ...fields,
        };
  });
}

const yamlOf = (example) =>
  documents(example)
    .map((document) => stringify(document, { lineWidth: 0 }))
    .join("---\n");

const inline = (example) =>
  [example]
    .flat()
    .map((part) => stringify(part, { lineWidth: 0, collectionStyle: "flow", flowCollectionPadding: false }).trim())
    .join(" and ");

/** The rules by the comments above them, in the order of the list. */
function groupsOf(rules, listing) {
  const [, list = ""] = /export const rules[^=]*= \[\n(.*?)\n\];/s.exec(listing) ?? [];
  const groups = [];
  let next = 0;
  for (const line of list.split("\n").map((text) => text.trim())) {
    const [, title] = /^\/\/ (.+)$/.exec(line) ?? [];
    if (title) groups.push({ title: title[0].toUpperCase() + title.slice(1), rules: [] });
    else if (line) groups.at(-1).rules.push(rules[next++]);
  }
  if (next !== rules.length)
    throw new Error("policies/rules.ts has one rule on a line, below the comment of its group");
  return groups;
}

const ABOUT = {
  stream: ({ kinds }) => `each ${kinds.join(", each ")}`,
  consumer: () => "each consumer",
  cluster: () => "each cluster",
  "event-bus": () => "each event bus",
  account: () => "the assets of an account beside each other",
  system: () => "clusters, event buses and accounts together",
  waivers: () => "waivers",
};

function page(rule, messages) {
  const { id, title, severity, levels, why, fix, example } = rule;
  return sections([
    `# ${id}`,
    `${title}.`,
    table(
      ["judges", "severity", "dev", "staging", "prod", "can be waived"],
      [[ABOUT[rule.on](rule), severity, levels.dev, levels.staging, levels.prod, isWaivable(rule) ? "yes" : "no"]],
    ),
    "## Why",
    why,
    "## Example that fails",
    block("yaml", yamlOf(example.fails)),
    rule.on === "waivers" ? `On ${EXAMPLE_DAY}:` : undefined,
    block("", messages.join("\n")),
    "## Fix",
    fix,
    block("yaml", yamlOf(example.passes)),
    ...optionsSection(rule),
    "## Waiver",
    waiverText(rule),
    isWaivable(rule) ? block("yaml", stringify({ waive: [waiverOf(rule)] }, { lineWidth: 0 })) : undefined,
    "## Serves",
    [
      `- Topics: ${rule.topics.join(", ")}`,
      ...(rule.frameworks?.length ? [`- Frameworks: ${rule.frameworks.join(", ")}`] : []),
    ].join("\n"),
    "[All rules](../policies.md)",
  ]);
}

function optionsSection({ id, options = {} }) {
  const entries = Object.entries(options);
  if (entries.length === 0) return [];
  const defaults = Object.fromEntries(entries.map(([name, option]) => [name, option.default]));
  return [
    "## Options",
    table(
      ["option", "type", "default", "meaning"],
      entries.map(([name, option]) => [
        code(name),
        option.wanted.replace(/^must be /, ""),
        code(JSON.stringify(option.default)),
        option.description,
      ]),
    ),
    "In `headwater.policy.json`:",
    block("json", JSON.stringify({ rules: { [id]: defaults } }, undefined, 2)),
  ];
}

const isWaivable = ({ waivable }) => waivable !== false;

const waiverOf = ({ id }) => ({
  rule: id,
  reason: "why the rule does not hold here",
  expires: "2026-12-31",
});

function waiverText(rule) {
  if (!isWaivable(rule)) return "Nothing lifts this rule: [waivers](../policy-waivers.md) that name it are reported.";
  return "At the asset the message names, or by its name in `headwater.policy.json`, with a reason and a last day ([waivers](../policy-waivers.md)):";
}

function overview(groups) {
  return sections([
    "# Policies",
    [
      "A policy is what your organization refuses, though a server would take it: a stream without bounds, a cluster without logins.",
      "The same rules judge a Pulumi program, topology and cluster files, and a live account; `mandatory` findings fail the gate, `advisory` ones are reported.",
      "The preset `dev`, `staging` or `prod` says which is which, and every level, option and waiver can be set on top.",
    ].join("\n"),
    "How to run it: [the gate](policy-gate.md). How to lift a rule for one asset: [waivers](policy-waivers.md).",
    "## Rules",
    ...groups.flatMap(({ title, rules }) => [
      `### ${title}`,
      table(
        ["rule", "what holds", "severity", "dev", "staging", "prod"],
        rules.map(({ id, title: says, severity, levels }) => [
          link(id),
          says,
          severity,
          levels.dev,
          levels.staging,
          levels.prod,
        ]),
      ),
    ]),
    "## Why, and what to do",
    table(
      ["rule", "why", "example that fails", "fix"],
      groups.flatMap(({ rules }) =>
        rules.map(({ id, why, example, fix }) => [link(id), why, code(inline(example.fails)), fix]),
      ),
    ),
  ]);
}

const link = (id) => `[${id}](policies/${id}.md)`;
const code = (text) => `\`${text}\``;
const block = (language, text) => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
const sections = (parts) => `${parts.filter((part) => part !== undefined).join("\n\n")}\n`;

function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}

module.exports = { policyPages, found, EXAMPLE_DAY };
