import * as pulumi from "@pulumi/pulumi";
// Those who deploy no charts have no cdk8s: its types are then anything.
// biome-ignore lint/suspicious/noTsIgnore: it is an error where cdk8s is missing, and none where it is there.
/** @ts-ignore */
import type { App, Chart } from "cdk8s";
import type { KubernetesObject } from "../../render/kubernetes/kubernetes-object";
import { kubernetesSdk } from "./cluster/kubernetes-sdk";
import { OutputResolver } from "./output-resolver";

/**
 * Deploys the charts of a cdk8s app. Outputs may be used wherever a manifest has a value: they stay live, and secret where
 * they are. Answers the component that holds the objects.
 *
 * @example
 * hw.fromChart("shop", (app) => new ShopChart(app, "shop", { natsUrl: cluster.url, token: config.requireSecret("token") }));
 */
export function fromChart(
  name: string,
  make: (app: App) => unknown,
  opts?: pulumi.ComponentResourceOptions,
): pulumi.ComponentResource {
  const cdk8s = cdk8sLibrary(name);
  const resolver = new OutputResolver();
  const app = new cdk8s.App({ resolvers: [resolver] });
  const objects = synthesized(name, () => {
    make(app);
    return app.charts.flatMap((chart: Chart) => chart.toJson());
  });
  const objs = objects.map((each) => restored(name, each, resolver));
  return new (kubernetesSdk().yaml.v2.ConfigGroup)(name, { objs }, opts);
}

function restored(name: string, object: KubernetesObject, resolver: OutputResolver): unknown {
  try {
    return resolver.restore(object);
  } catch (error) {
    if (!pulumi.RunError.isInstance(error)) throw error;
    const { kind, metadata } = object;
    throw new pulumi.RunError(`fromChart "${name}": ${kind} "${metadata.name}": ${error.message}`);
  }
}

function cdk8sLibrary(name: string): typeof import("cdk8s") {
  try {
    return require("cdk8s") as typeof import("cdk8s");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    throw new pulumi.RunError(`fromChart "${name}" needs cdk8s. Run \`npm i cdk8s constructs\`.`);
  }
}

// What a chart refuses is said as it says it, without the frames of whoever called it.
function synthesized<T>(name: string, synth: () => T): T {
  try {
    return synth();
  } catch (error) {
    const { message } = error as Error;
    if (!message.startsWith("Validation failed")) throw error;
    throw new pulumi.RunError(`fromChart "${name}": ${message}`);
  }
}
