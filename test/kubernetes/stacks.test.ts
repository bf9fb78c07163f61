import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createProject, failing, type Project, succeed } from "../support/engine";
import { describeWith, missing } from "../support/kubernetes";
import { violationsIn } from "../support/violations";

const PACK = ["--policy-pack", "node_modules/headwater/policies"];
const CLUSTER = "headwater-persistence:cluster.chart";

async function projectFor(stack: string): Promise<Project> {
  const project = await createProject({
    name: "headwater-persistence",
    stack,
    typescript: true,
    files: ["stacks", "Pulumi.yaml", "headwater.policy.json"],
  });
  const chart = process.env.HEADWATER_NATS_CHART as string;
  await succeed(project.run(["config", "set", "--stack", stack, "--path", CLUSTER, chart]));
  return project;
}

describeWith(missing.chart || missing.component, "the persistence design's own cluster", () => {
  it.each(["staging", "prod"])(
    "is previewed in %s with every object of the chart, and passes the gate",
    async (stack) => {
      const project = await projectFor(stack);
      const text = await succeed(project.preview(...PACK));
      expect(violationsIn(text)).toEqual([]);
      expect(text).toContain("headwater@v");
      for (const kind of [
        "apps/v1:StatefulSet",
        "policy/v1:PodDisruptionBudget",
        "monitoring.coreos.com/v1:PodMonitor",
        "cert-manager.io/v1:Certificate",
        "nats:EncryptionKey",
        "nats:ClusterMembers",
        "nats:Consumer",
      ])
        expect(text).toContain(kind);
      expect(text).not.toMatch(/error|warning: (?!using pulumi-resource-kubernetes)/);
      expect(text).toMatch(/\+ \d+ to create/);
      project.remove();
    },
  );

  it("is refused by a gate that asks for more of the cluster, and of its volumes", async () => {
    const project = await projectFor("prod");
    const config = join(project.folder, "policy-config.json");
    const stricter = {
      "jetstream-cluster-odd-size": { enforcementLevel: "mandatory", least: 5 },
      "jetstream-storage-within-volume": { enforcementLevel: "mandatory", share: 0.5 },
    };
    writeFileSync(config, JSON.stringify(stricter));
    const violations = violationsIn(await failing(project.preview(...PACK, "--policy-pack-config", config)));
    const said = violations.map(({ rule, message }) => [rule, /(cluster|stream) "\w+": \S+/.exec(message)?.[0]]);
    expect(said).toEqual([
      ["jetstream-cluster-odd-size", 'cluster "nats": size'],
      ["jetstream-storage-within-volume", 'cluster "nats": jetstream.volume.size'],
    ]);
    project.remove();
  });
});
