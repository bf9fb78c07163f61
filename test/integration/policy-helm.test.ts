import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { check } from "../../policies/check";
import { helmValues } from "../../render/helm-values";
import { helmTemplate, missing } from "../support/helm";

const HOST = "kubernetes.io/hostname";
const base = { name: "nats", size: 3, version: "2.15.1", jetstream: { volume: { size: "10GiB" } } } as const;

interface Container {
  readonly image: string;
}
interface Rendered {
  readonly kind: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly containers: readonly Container[];
        readonly topologySpreadConstraints?: readonly { topologyKey: string; whenUnsatisfiable: string }[];
      };
    };
  };
}

/** What the chart makes of a cluster, as far as policies ask. */
function made(kubernetes: object) {
  const spec = { ...base, kubernetes } as ClusterSpec;
  const objects = helmTemplate(helmValues(spec), "nats") as unknown as Rendered[];
  const of = (kind: string) => objects.find((object) => object.kind === kind);
  const pod = of("StatefulSet")?.spec.template.spec;
  const host = pod?.topologySpreadConstraints?.find(({ topologyKey }) => topologyKey === HOST);
  const conf = of("ConfigMap")?.data?.["nats.conf"] ?? "";
  return {
    budget: of("PodDisruptionBudget") !== undefined,
    hard: host?.whenUnsatisfiable === "DoNotSchedule",
    image: pod?.containers[0]?.image,
    tls: /^\s*"tls": \{/m.test(conf),
    mqtt: /^\s*"mqtt": \{/m.test(conf),
    allowsClear: /"allow_non_tls": true/.test(conf),
  };
}

const found = (rule: string, kubernetes: object) => {
  const config = [{ all: "disabled" as const, [rule]: "mandatory" as const }];
  return check({ clusters: [{ ...base, kubernetes } as ClusterSpec] }, { config }).findings.map(({ field }) => field);
};

(missing ? describe.skip : describe)(`what policies say of a cluster is what the chart makes of it ${missing}`, () => {
  it.each<[string, object, boolean]>([
    ["is there", {}, true],
    ["is turned off", { extraValues: { podDisruptionBudget: { enabled: false } } }, false],
  ])("the disruption budget %s", (_, kubernetes, isThere) => {
    expect(made(kubernetes).budget).toBe(isThere);
    expect(found("jetstream-cluster-disruption-budget", kubernetes).length === 0).toBe(isThere);
  });

  it.each<[string, object, boolean]>([
    ["that is not said", {}, true],
    ["that is a wish", { spread: "soft" }, false],
    ["that is none", { spread: "none" }, false],
    ["of the chart's values", podTemplate({ topologySpreadConstraints: hard() }, "none"), true],
    ["that a merge takes away", podTemplate({ merge: { spec: { topologySpreadConstraints: [] } } }), false],
    [
      "that a patch takes away",
      podTemplate({ patch: [{ op: "remove", path: "/spec/topologySpreadConstraints" }] }),
      false,
    ],
  ])("a spread %s", (_, kubernetes, isHard) => {
    expect(made(kubernetes).hard).toBe(isHard);
    expect(found("jetstream-cluster-hard-spread", kubernetes).length === 0).toBe(isHard);
  });

  it("an image that is named whole", () => {
    const kubernetes = { extraValues: { container: { image: { fullImageName: "nats:latest" } } } };
    expect(made(kubernetes).image).toBe("nats:latest");
    expect(found("jetstream-cluster-version-pinned", kubernetes)).toHaveLength(1);
    expect(made({}).image).toBe("nats:2.15.1-alpine");
    expect(found("jetstream-cluster-version-pinned", {})).toEqual([]);
  });

  it("sides and TLS among the chart's values", () => {
    const values = (config: object) => ({ extraValues: { config } });
    const sides = (kubernetes: object) => found("jetstream-cluster-tls", kubernetes);
    expect([made({}).tls, sides({})]).toEqual([false, ["tls.client", "tls.cluster"]]);
    const client = values({ nats: { tls: { enabled: true, secretName: "t" } } });
    expect([made(client).tls, sides(client)]).toEqual([true, ["tls.cluster"]]);
    const mqtt = values({ mqtt: { enabled: true } });
    expect([made(mqtt).mqtt, sides(mqtt)]).toEqual([true, ["tls.client", "tls.cluster", "tls.mqtt"]]);
    const clear = values({ merge: { allow_non_tls: true } });
    expect(made(clear).allowsClear).toBe(true);
    expect(sides(clear)).toContain("kubernetes.extraValues.config.merge.allow_non_tls");
  });
});

function hard() {
  return { [HOST]: { maxSkew: 1, whenUnsatisfiable: "DoNotSchedule" } };
}

function podTemplate(pods: object, spread?: string) {
  return { spread, extraValues: { podTemplate: pods } };
}
