import { z } from "zod";
import type { LocatedFinding, Path, Place } from "../model/place";
import { parsePath } from "../model/place";
import { fileFinding, type TopologySource } from "../model/topology-source";
import { readTopologyText } from "../model/topology-text";
import { isObject, showValue } from "../model/walk";
import { shapeProblems } from "../preflight/check-shape";
import { fileWaiverSchema } from "./file-waiver-schema";
import { type PolicyRule, type Preset, presets } from "./rule";
import { configProblems, type PolicyConfig } from "./settings";
import type { FileWaiver } from "./waivers";

/** What a project says about its policies. */
export interface PolicyFile {
  /** Levels of the environment, where nobody asks for another. */
  readonly preset?: Preset;
  /** Levels and options by rule. */
  readonly rules?: PolicyConfig;
  /** Waivers by asset. */
  readonly waivers?: readonly FileWaiver[];
}

/** A policy file as it was read; what is wrong with it is left out. */
export interface ReadPolicyFile {
  readonly file: string;
  readonly policy: PolicyFile;
  readonly findings: readonly LocatedFinding[];
  /** Place of a path in it, where it could be parsed. */
  readonly place?: (path: Path) => Place;
}

const fileSchema = z.strictObject({
  preset: z.enum(presets).optional(),
  rules: z.record(z.string(), z.unknown()).optional(),
  waivers: z.array(fileWaiverSchema).optional(),
});

/** Reads `headwater.policy.json`, or YAML of the same shape. */
export function readPolicyFile(file: string, text: string, rules: readonly PolicyRule[]): ReadPolicyFile {
  const read = readMap(file, text, '{"preset": "prod", "rules": {}}');
  if (!read.source) return { file, policy: {}, findings: read.findings };
  const { source } = read;
  const shape = shapeProblems(fileSchema, source.value).map(({ field, problem, remedy, value }) =>
    fileFinding(source.place(parsePath(field)), "PC102", field, problem, remedy, value),
  );
  const { preset, rules: configured, waivers } = source.value as PolicyFile;
  const config = isObject(configured) ? (configured as PolicyConfig) : undefined;
  const broken = new Set(shape.map(({ field }) => /^[^.]*/.exec(field)?.[0]));
  const findings = [...shape, ...(config ? locate(source, ["rules"], rules, config) : [])];
  const sound = Array.isArray(waivers)
    ? waivers.filter((_, i) => !broken.has("waivers") && !broken.has(`waivers[${i}]`))
    : undefined;
  const policy = { ...(!broken.has("preset") && { preset }), rules: config, waivers: sound };
  return { file, policy, findings, place: source.place };
}

/** Reads a configuration as `pulumi --policy-pack-config` takes it. */
export function readPolicyConfig(file: string, text: string, rules: readonly PolicyRule[]): ReadPolicyFile {
  const read = readMap(file, text, '{"all": "advisory"}');
  if (!read.source) return { file, policy: {}, findings: read.findings };
  const config = read.source.value as PolicyConfig;
  const findings = locate(read.source, [], rules, config);
  return { file, policy: { rules: config }, findings, place: read.source.place };
}

function locate(
  source: TopologySource,
  at: Path,
  rules: readonly PolicyRule[],
  config: PolicyConfig,
): LocatedFinding[] {
  return configProblems(rules, config).map(({ code, path, problem, remedy, value }) => {
    const full = [...at, ...path];
    return fileFinding(source.place(full), code, full.join("."), problem, remedy, value);
  });
}

function readMap(
  file: string,
  text: string,
  example: string,
): { source?: TopologySource; findings: readonly LocatedFinding[] } {
  const { sources, findings } = readTopologyText(file, text);
  // What a file cannot be read for is said in the words of every file.
  if (findings.length > 0)
    return {
      findings: findings.map(({ problem, remedy, ...found }) => ({
        ...found,
        code: "PC101",
        problem,
        remedy: problem === "is empty" ? `Write a map, such as ${example}, or leave the file out.` : remedy,
      })),
    };
  const [source, second] = sources;
  if (source && !second && isObject(source.value)) return { source, findings: [] };
  const problem = second ? "has more than one document" : `must be a map, got ${showValue(source?.value)}`;
  const place = (second ?? source)?.place([]) ?? { file };
  return { findings: [fileFinding(place, "PC101", "", problem, `Write one map, such as ${example}.`)] };
}
