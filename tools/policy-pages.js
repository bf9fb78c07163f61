// Writes docs/policies.md and docs/policies/ from what the rules say of themselves.
const fs = require("node:fs");
const path = require("node:path");
const { root } = require("./lib/paths");
const { policyPages } = require("./lib/policy-pages");
const { runTypeScript } = require("./lib/run-typescript");

runTypeScript();
const { rules } = require("../policies/rules");
const { check } = require("../policies/check");
const { formatFinding } = require("../model/finding");

const listing = fs.readFileSync(path.join(root, "policies/rules.ts"), "utf8");
const pages = policyPages({ rules, listing, check, formatFinding });
const folder = path.join(root, "docs/policies");
fs.mkdirSync(folder, { recursive: true });
for (const file of fs.readdirSync(folder)) if (!pages[`docs/policies/${file}`]) fs.rmSync(path.join(folder, file));
for (const [file, text] of Object.entries(pages)) fs.writeFileSync(path.join(root, file), text);
console.log(`docs/policies.md and ${rules.length} pages in docs/policies/ are written.`);
