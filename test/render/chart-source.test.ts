import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { chartSource } from "../../render/helm/chart-source";
import { CHART_VERSION } from "../../render/helm-values";

const of = (chart: NonNullable<ClusterSpec["kubernetes"]>["chart"]) =>
  chartSource({ name: "nats", kubernetes: { chart } });

it.each([
  [{ path: "charts/nats" }, { chart: "charts/nats" }],
  [{ oci: "oci://charts.example/nats" }, { chart: "oci://charts.example/nats", version: CHART_VERSION }],
  [
    { oci: "oci://charts.example/nats", version: "2.0.0" },
    { chart: "oci://charts.example/nats", version: "2.0.0" },
  ],
  [
    { repository: "https://charts.example/", version: "2.0.0" },
    { chart: "nats", version: "2.0.0", repo: "https://charts.example/" },
  ],
] as const)("takes the chart of %j from %j", (chart, source) => expect(of(chart)).toEqual(source));

it("takes the chart of the NATS project where nothing is said", () => {
  const { repo, ...source } = chartSource({ name: "nats" });
  expect(source).toEqual({ chart: "nats", version: CHART_VERSION });
  expect(repo).toContain("nats-io");
});
