import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { planClusterChange } from "../../changes/cluster/plan-cluster-change";
import { defineCluster } from "../../model/cluster/cluster-spec";
import { formatFinding } from "../../model/finding";
import { defineTopology } from "../../model/topology-spec";
import { preflightCluster } from "../../preflight/cluster/preflight-cluster";
import { folderWith, headwater } from "../support/cli";

const text = readFileSync(join(resolve(__dirname, "../.."), "docs/cluster-checks.md"), "utf8");

describe("docs/cluster-checks.md", () => {
  it("shows what the command prints", async () => {
    const example = /```yaml\n([\s\S]*?)```/.exec(text)?.[1] as string;
    const { code, stdout } = await headwater(["check", "nats.yaml"], { cwd: folderWith({ "nats.yaml": example }) });
    expect(text).toContain(`\`\`\`\n${stdout}\`\`\``);
    expect(code).toBe(1);
  });

  it("shows what the functions say", () => {
    const cluster = defineCluster({ name: "nats", size: 3 });
    const topology = defineTopology({ streams: { ORDERS: { subjects: ["orders.>"], replicas: 5 } } });
    for (const finding of preflightCluster(cluster, { topology }))
      expect(text).toContain(`// ${formatFinding(finding)}`);
    expect(planClusterChange(cluster, { ...cluster, size: 5 })).toEqual([
      { code: "CG104", edit: "grow", name: "nats", field: "size", from: 3, to: 5 },
    ]);
  });
});
