import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { changeCodes } from "../../changes/change";
import { clusterChangeCodes } from "../../changes/cluster/cluster-change";
import { eventBusChangeCodes } from "../../changes/event-bus/event-bus-change";
import { clusterRules } from "../../preflight/cluster/rules";
import { eventBusRules } from "../../preflight/event-bus/rules";
import { rules } from "../../preflight/rules";

const root = resolve(__dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const filesIn = (folder: string, ending: string) =>
  readdirSync(join(root, folder), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file));

const rooms = readdirSync(root).filter((room) =>
  ["model", "preflight", "changes", "render", "secrets", "provider", "local", "policies", "constructs", "cli"].includes(
    room,
  ),
);
const sources = rooms.flatMap((room) => filesIn(room, ".ts"));
const tests = filesIn("test", ".ts").map(read).join("\n");
const CODE = /\b([A-Z]{2}\d{3})\b(?=["':])/g;
const inSources = sources.flatMap((file) => [...read(file).matchAll(CODE)].map(([, code]) => code as string));
const codes = [...new Set(inSources)].filter((code) => !/^(KV|JS)/.test(code)).sort();

const pages = filesIn("docs/errors", ".md");
const rows = pages.flatMap((page) =>
  [...read(page).matchAll(/^\| ([A-Z]{2}\d{3}) \| (.*?) \|/gm)].map(([, code, says]) => ({
    page,
    code: code as string,
    says,
  })),
);

it("documents every error code once, on the page of its family, and no other", () => {
  expect(codes.length).toBeGreaterThan(100);
  expect(rows.map(({ code }) => code).sort()).toEqual(codes);
  for (const { page, code } of rows) expect(page).toBe(`docs/errors/${code.slice(0, 2)}.md`);
});

it("says of rules and changes what they say of themselves", () => {
  const own = {
    ...changeCodes,
    ...clusterChangeCodes,
    ...eventBusChangeCodes,
    ...Object.fromEntries([...rules, ...clusterRules, ...eventBusRules].map(({ code, says }) => [code, says])),
  };
  const said = Object.fromEntries(rows.filter(({ code }) => code in own).map(({ code, says }) => [code, says]));
  expect(said).toEqual(own);
});

it("has a page for each family in its index", () => {
  const linked = [...read("docs/errors.md").matchAll(/\(errors\/([A-Z]{2})\.md\)/g)].map(([, family]) => family);
  expect(linked.sort()).toEqual(pages.map((page) => page.slice(-5, -3)).sort());
});

it("gives one code to one rule, and lists every file of rules", () => {
  const ruleCodes = [...rules, ...clusterRules, ...eventBusRules].map(({ code }) => code);
  expect(new Set(ruleCodes).size).toBe(ruleCodes.length);
  const files = [
    ...filesIn("preflight/rules", ".ts"),
    ...filesIn("preflight/cluster/rules", ".ts"),
    ...filesIn("preflight/event-bus/rules", ".ts"),
  ];
  const exported = files.flatMap((file) =>
    Object.values(require(join(root, file)) as Record<string, { code: string }>).map(({ code }) => code),
  );
  expect(exported.sort()).toEqual([...ruleCodes].sort());
});

it.each(codes)("%s is produced by a test", (code) => expect(tests.includes(code)).toBe(true));

it("has only links that lead somewhere", () => {
  const all = ["README.md", "CONTRIBUTING.md", ...filesIn("docs", ".md")];
  const links = all.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target]) => join(page, "..", target as string)),
  );
  expect(links.filter((link) => statSync(join(root, link), { throwIfNoEntry: false }) === undefined)).toEqual([]);
});
