import { readFile } from "node:fs/promises";
import { relative, resolve, sep } from "node:path";
import type { LocatedFinding, Path, Place } from "../../model/place";
import { findPolicyFile } from "../../policies/find-policy-file";
import { type ReadPolicyFile, readPolicyConfig, readPolicyFile } from "../../policies/policy-file";
import type { Preset } from "../../policies/rule";
import { rules } from "../../policies/rules";
import type { PolicyConfig } from "../../policies/settings";
import type { FileWaivers } from "../../policies/waivers";
import { Trouble } from "../exit-codes";
import type { Io } from "../io";

/** Options of the gate. */
export interface GateOptions {
  readonly policies?: boolean;
  readonly preset?: Preset;
  readonly config?: string;
  readonly policyFile?: string;
}

/** What a project has said about its policies. */
export interface Gate {
  readonly preset: Preset;
  /** The policy file and the configuration that were read. */
  readonly files: readonly string[];
  readonly config: readonly PolicyConfig[];
  readonly waivers: readonly FileWaivers[];
  /** What is wrong with the files. */
  readonly findings: readonly LocatedFinding[];
  /** Where a path of the policy file is written. */
  readonly place: (path: Path) => Place | undefined;
}

const NEEDS_POLICIES = [
  ["preset", "--preset"],
  ["config", "--config"],
  ["policyFile", "--policy-file"],
] as const satisfies readonly (readonly [keyof GateOptions, string])[];

/** Reads what the gate is to go by; `undefined` where nobody asked for one. */
export async function readPolicies(options: GateOptions, io: Io): Promise<Gate | undefined> {
  if (!options.policies) {
    const given = NEEDS_POLICIES.filter(([key]) => options[key] !== undefined).map(([, flag]) => flag);
    if (given.length === 0) return undefined;
    throw new Trouble(`${given.join(", ")}: nothing is judged by policies without --policies.`);
  }
  const file = await readGiven("--policy-file", options.policyFile ?? found(io), readPolicyFile, io);
  const config = await readGiven("--config", options.config, readPolicyConfig, io);
  const read = [file, config].filter((one) => one !== undefined);
  return {
    preset: options.preset ?? file?.policy.preset ?? "prod",
    files: read.map((one) => one.file),
    config: read.flatMap(({ policy }) => (policy.rules ? [policy.rules] : [])),
    waivers: file?.policy.waivers ? [{ file: file.file, waivers: file.policy.waivers }] : [],
    findings: read.flatMap(({ findings }) => findings),
    place: (path) => file?.place?.(path),
  };
}

function found({ cwd }: Io): string | undefined {
  const file = findPolicyFile(cwd);
  return file && relative(cwd, file).replaceAll(sep, "/");
}

async function readGiven(
  flag: string,
  file: string | undefined,
  read: typeof readPolicyFile,
  { cwd }: Io,
): Promise<ReadPolicyFile | undefined> {
  if (file === undefined) return undefined;
  try {
    const bytes = await readFile(resolve(cwd, file));
    return read(file, new TextDecoder("utf-8", { fatal: true }).decode(bytes), rules);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Trouble(
      `${flag}: cannot read ${file} (${code === "ERR_ENCODING_INVALID_ENCODED_DATA" ? "no UTF-8 text" : code}).`,
    );
  }
}
