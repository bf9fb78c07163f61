import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../../..");
const json = (file: string) => JSON.parse(readFileSync(join(root, file), "utf8"));

describe("the folder of the policy pack", () => {
  it("has the version of the package: the engine reads it there", () => {
    expect(json("policies/package.json").version).toBe(json("package.json").version);
  });

  it("leads to the compiled pack, and types to those of the library", () => {
    const { main, types } = json("policies/package.json");
    const yaml = readFileSync(join(root, "policies/PulumiPolicy.yaml"), "utf8");
    expect(join("policies", main)).toBe("dist/policies/pack.js");
    expect(join("policies", types)).toBe("dist/policies/index.d.ts");
    expect(yaml).toContain(`main: ${main}`);
    expect(yaml).toContain("typescript: false");
  });

  it("is published without sources", () => {
    const files = json("package.json").files as string[];
    expect(files.filter((file) => file.startsWith("policies"))).toEqual([
      "policies/PulumiPolicy.yaml",
      "policies/package.json",
    ]);
  });
});

it("constructs a pack in one place", () => {
  const { stdout } = spawnSync("grep", ["-rlE", "new PolicyPack\\(|@pulumi/", "policies"], {
    cwd: root,
    encoding: "utf8",
  });
  const files = stdout.trim().split("\n").sort();
  expect(files).toEqual(["policies/pack.ts", "policies/pulumi/pulumi-policies.ts"]);
  // The example in a comment.
  const lines = readFileSync(join(root, files[1] as string), "utf8").split("\n");
  expect(lines.filter((line) => /PolicyPack\(|@pulumi\//.test(line)).every((line) => line.startsWith(" * "))).toBe(
    true,
  );
});
