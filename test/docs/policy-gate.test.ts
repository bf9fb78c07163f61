import { folderWith, headwater } from "../support/cli";
import { documentedGate, withoutCount } from "../support/documented-gate";

const { files, runs, junit } = documentedGate();
const offline = runs.filter(({ args }) => !args.includes("--server"));

it("shows commands over files", () => expect(offline.length).toBeGreaterThan(1));

it.each(offline)("shows what headwater $args prints", async ({ args, output }) => {
  const { stdout, stderr } = await headwater(args, { cwd: folderWith(files) });
  expect([withoutCount(stdout), stderr]).toEqual([withoutCount(output), ""]);
});

it("shows a report in JUnit XML", async () => {
  const { stdout } = await headwater(["check", "orders.yaml", "--policies", "--format", "junit"], {
    cwd: folderWith(files),
  });
  expect(stdout).toBe(junit);
});
