import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import type { KubernetesObject } from "../../render/kubernetes/kubernetes-object";
import { folderWith } from "./cli";

const own = join(homedir(), ".cache/headwater-kubernetes/bin/helm");
/** The `helm` command, where there is one. */
export const found = [process.env.HELM, own, "helm"].find(
  (helm) => helm && (existsSync(helm) || spawnSync(helm, ["version"]).status === 0),
);

/** The `helm` command, where there is one. */
export const helmExecutable = found;
/** The chart's folder, and why there is none. */
export const chart = process.env.HEADWATER_NATS_CHART;
export const missing = [
  ...(found ? [] : ["no helm: set HELM, or have it on PATH"]),
  ...(chart && existsSync(chart) ? [] : ["no chart: set HEADWATER_NATS_CHART to a folder of the nats chart"]),
].join("; ");

/** The objects the chart makes of values. */
export function helmTemplate(values: unknown, namespace: string): KubernetesObject[] {
  const file = join(folderWith({}), "values.json");
  writeFileSync(file, JSON.stringify(values));
  const args = ["template", "release", chart as string, "--namespace", namespace, "--values", file];
  const text = execFileSync(found as string, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  return parseAllDocuments(text)
    .map((document) => document.toJS() as KubernetesObject)
    .filter(Boolean);
}

/** What the chart itself says can be set. */
export const chartDefaults = (): unknown => parse(readFileSync(join(chart as string, "values.yaml"), "utf8"));
