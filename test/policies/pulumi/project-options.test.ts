import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectOptions } from "../../../policies/pulumi/project-options";
import { rules } from "../../../policies/rules";

const folder = () => mkdtempSync(join(tmpdir(), "headwater-policies-"));
const presetOf = ({ preset }: ReturnType<typeof projectOptions>) => (typeof preset === "function" ? preset() : preset);
const wrote = (policy: object, at = folder()) => {
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, "headwater.policy.json"), JSON.stringify(policy));
  return at;
};

describe("the preset", () => {
  const options = (env: Record<string, string>, folders: string[], stack?: string) =>
    presetOf(projectOptions(rules, { env, folders, stack: () => stack }));
  const dev = { HEADWATER_POLICY_PRESET: "dev" };

  it.each([
    ["what the environment says", dev, { preset: "staging" }, "prod", "dev"],
    ["what the file says", {}, { preset: "staging" }, "prod", "staging"],
    ["the stack's name", {}, {}, "dev", "dev"],
    ["the strictest", {}, {}, "main", "prod"],
    ["the strictest, without a name", {}, {}, undefined, "prod"],
  ])("is %s", (_, env, file, stack, expected) => {
    expect(options(env as Record<string, string>, [wrote(file)], stack)).toBe(expected);
  });

  it("is one there is", () => {
    expect(() => options({ HEADWATER_POLICY_PRESET: "production" }, [folder()])).toThrow(
      'PC104 file "HEADWATER_POLICY_PRESET": must be one of "dev", "staging", "prod", got "production". Use one of these.',
    );
  });
});

describe("the policy file", () => {
  const policy = {
    rules: { "jetstream-retention-bounded": "advisory" },
    waivers: [{ name: "ORDERS", rule: "jetstream-retention-bounded", reason: "short", expires: "2099-01-01" }],
  };

  it("is looked for upward from each folder, the nearest of the first folder decides", () => {
    const above = wrote(policy);
    const project = join(above, "project", "stacks");
    mkdirSync(project, { recursive: true });
    const other = wrote({});
    expect(projectOptions(rules, { env: {}, folders: [project, other] })).toMatchObject({
      config: [policy.rules],
      waivers: [{ file: join(above, "headwater.policy.json"), waivers: policy.waivers }],
    });
    wrote({ rules: {} }, project);
    expect(projectOptions(rules, { env: {}, folders: [project] })).toMatchObject({ config: [{}], waivers: [] });
  });

  it("is looked for where pulumi runs, then where the pack is", () => {
    const place = wrote(policy);
    expect(projectOptions(rules, { env: { PWD: place } }).waivers).toEqual([
      { file: "headwater.policy.json", waivers: policy.waivers },
    ]);
    expect(projectOptions(rules, { env: {}, folders: [folder(), place] }).config).toEqual([policy.rules]);
  });

  it("may be said, and then must be there", () => {
    const place = folder();
    writeFileSync(join(place, "ours.json"), JSON.stringify(policy));
    const from = (file: string) => projectOptions(rules, { env: { HEADWATER_POLICY_FILE: file }, folders: [place] });
    expect(from("ours.json").waivers).toEqual([{ file: "ours.json", waivers: policy.waivers }]);
    expect(() => from("missing.json")).toThrow(
      'PC101 file "missing.json": cannot be read: ENOENT. Correct HEADWATER_POLICY_FILE, or make it readable.',
    );
  });

  it("is refused with everything that is wrong with it, each with its place and none with frames", () => {
    const place = folder();
    writeFileSync(
      join(place, "headwater.policy.json"),
      '{\n  "preset": "production",\n  "rules": { "jetstream-retention": "advisory" }\n}',
    );
    let thrown: unknown;
    try {
      projectOptions(rules, { env: {}, folders: [place] });
    } catch (error) {
      thrown = error;
    }
    expect((thrown as Error).message.split("\n")).toEqual([
      'headwater.policy.json:2:3: PC102 file "headwater.policy.json": preset must be one of "dev", "staging", "prod", got "production". Use one of these.',
      expect.stringContaining("headwater.policy.json:3:"),
    ]);
    expect((thrown as Error).stack).toBe("");
  });
});
