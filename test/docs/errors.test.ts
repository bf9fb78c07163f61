import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const filesIn = (folder: string, ending: string) =>
  readdirSync(join(root, folder), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file));

const sources = ["model", "preflight", "changes", "provider", "cli", "constructs"].flatMap((room) =>
  filesIn(room, ".ts"),
);
const tests = filesIn("test", ".test.ts").map(read).join("\n");
const CODE = /"([A-Z]{2}\d{3})"/g;
const codes = [
  ...new Set(sources.flatMap((file) => [...read(file).matchAll(CODE)].map(([, code]) => code as string))),
].sort();
const documented = [...read("docs/errors.md").matchAll(/^\| ([A-Z]{2}\d{3}) \|/gm)].map(([, code]) => code as string);

it("documents every error code once, and no other", () => {
  expect(codes.length).toBeGreaterThan(15);
  expect([...documented].sort()).toEqual(codes);
});

it.each(codes)("%s is produced by a test", (code) => expect(tests).toContain(code));

it("has only links that lead somewhere", () => {
  const pages = ["README.md", "CONTRIBUTING.md", ...filesIn("docs", ".md")];
  const links = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target]) => join(page, "..", target as string)),
  );
  for (const link of links) expect(() => readdirSync(join(root, link, ".."))).not.toThrow();
  const missing = links.filter((link) => !exists(link));
  expect(missing).toEqual([]);
});

function exists(file: string): boolean {
  try {
    readdirSync(join(root, file));
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOTDIR";
  }
}
