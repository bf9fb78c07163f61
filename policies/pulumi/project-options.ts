import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { type Finding, formatFinding, HeadwaterError } from "../../model/finding";
import { formatPlace, type LocatedFinding } from "../../model/place";
import { findPolicyFile } from "../find-policy-file";
import { type PolicyRule, type Preset, presets } from "../rule";
import type { PackOptions } from "./pulumi-policies";

/** Where a project's own settings are looked for. */
export interface ProjectPlace {
  /**
   * Variables of the environment.
   * @default process.env
   */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /**
   * Folders the file is looked for in and above, the first one that has it decides.
   * @default - the folder `pulumi` was started in, then the folder of the policy pack
   */
  readonly folders?: readonly string[];
  /**
   * Name of the stack, where it is known.
   * @default - not known
   */
  readonly stack?: () => string | undefined;
}

/**
 * What a project says about its policies: `headwater.policy.json`, `HEADWATER_POLICY_PRESET`, the stack's name. Throws a
 * `HeadwaterError` with everything that is wrong with it.
 */
export function projectOptions(rules: readonly PolicyRule[], place: ProjectPlace = {}): PackOptions {
  const { env = process.env, stack = () => undefined } = place;
  const folders = place.folders ?? [env.PWD, process.cwd()].filter((folder) => folder !== undefined);
  const asked = presetOf(env.HEADWATER_POLICY_PRESET);
  const file = env.HEADWATER_POLICY_FILE ? resolve(folders[0] ?? ".", env.HEADWATER_POLICY_FILE) : findUpward(folders);
  const read = file === undefined ? undefined : readFile(file, folders[0] ?? ".", rules);
  const preset = asked ?? read?.policy.preset;
  return {
    preset: () => preset ?? asPreset(stack()) ?? "prod",
    config: read?.policy.rules ? [read.policy.rules] : [],
    waivers: read?.policy.waivers ? [{ file: read.file, waivers: read.policy.waivers }] : [],
  };
}

function findUpward(folders: readonly string[]): string | undefined {
  return folders.map(findPolicyFile).find((file) => file !== undefined);
}

function readFile(path: string, from: string, rules: readonly PolicyRule[]) {
  const shown = relative(from, path);
  const file = shown.startsWith("..") ? path : shown;
  // Most projects have no such file: what reads it is loaded where one is there.
  const { readPolicyFile } = require("../policy-file") as typeof import("../policy-file");
  const read = readPolicyFile(file, textOf(path, file), rules);
  if (read.findings.length > 0) refuse(read.findings);
  return read;
}

function textOf(path: string, file: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const problem = `cannot be read: ${(error as NodeJS.ErrnoException).code ?? "unknown reason"}`;
    const remedy = "Correct HEADWATER_POLICY_FILE, or make it readable.";
    return refuse([{ code: "PC101", severity: "error", kind: "file", name: file, field: "", problem, remedy }]);
  }
}

function asPreset(text: string | undefined): Preset | undefined {
  return presets.find((preset) => preset === text);
}

function presetOf(text: string | undefined): Preset | undefined {
  if (text === undefined || text === "") return undefined;
  const preset = asPreset(text);
  if (preset) return preset;
  const problem = `must be one of ${presets.map((one) => JSON.stringify(one)).join(", ")}, got ${JSON.stringify(text)}`;
  const about = { kind: "file", name: "HEADWATER_POLICY_PRESET", field: "" } as const;
  return refuse([{ code: "PC104", severity: "error", ...about, problem, remedy: "Use one of these." }]);
}

// The message alone: whoever shows the error shows where in the file it is, and no frames.
function refuse(findings: readonly LocatedFinding[]): never {
  const error = new HeadwaterError(findings);
  const lines = findings.map((found: LocatedFinding) => {
    const place = found.file === undefined ? "" : `${formatPlace({ ...found, file: found.file })}: `;
    return place + formatFinding(found as Finding);
  });
  error.message = lines.join("\n");
  throw error;
}
