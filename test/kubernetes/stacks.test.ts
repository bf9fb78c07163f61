import { createProject, succeed } from "../support/engine";
import { describeWith, missing } from "../support/kubernetes";
import { violationsIn } from "../support/violations";

const CLUSTER = "headwater-persistence:cluster.chart";

describeWith(missing.chart || missing.component, "the persistence design's own cluster", () => {
  it.each(["staging", "prod"])(
    "is previewed in %s with every object of the chart, and passes the gate",
    async (stack) => {
      const project = await createProject({
        name: "headwater-persistence",
        stack,
        typescript: true,
        files: ["stacks", "Pulumi.yaml", "headwater.policy.json"],
      });
      const chart = process.env.HEADWATER_NATS_CHART as string;
      await succeed(project.run(["config", "set", "--stack", stack, "--path", CLUSTER, chart]));
      const text = await succeed(project.preview("--policy-pack", "node_modules/headwater/policies"));
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
});
