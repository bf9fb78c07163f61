import { type Finding, throwFindings } from "../../../model/finding";
import { isObject, showValue } from "../../../model/walk";
import { checkSystem, configFindings, type PolicyOptions } from "../../../policies/check";
import { type Preset, presets } from "../../../policies/rule";
import { rules } from "../../../policies/rules";
import type { PolicyConfig } from "../../../policies/settings";
import type { FileWaiver } from "../../../policies/waivers";
import { readManifests } from "./read-manifests";
import type { ValidationContext, Violation } from "./validation-context";

/** `properties` of the plugin in `cdk8s.yaml`: the same as a policy file has. */
export interface PolicyValidationProps {
  /**
   * Levels of the environment.
   * @default "prod"
   */
  readonly preset?: Preset;
  /**
   * Levels and options by rule, over the preset's.
   * @default - none
   */
  readonly rules?: PolicyConfig;
  /**
   * Waivers by asset, besides those of the resources' annotations.
   * @default - none
   */
  readonly waivers?: readonly FileWaiver[];
}

const FILE = "cdk8s.yaml";

/**
 * A validation plugin for cdk8s-cli: judges the manifests `cdk8s synth` has written by the policy rules. Findings of
 * mandatory rules fail it. `cdk8s.yaml` names it by the folder of this package:
 *
 * @example
 * validations:
 *   - package: ./node_modules/headwater/dist/constructs/cdk8s
 *     version: 0.1.0
 *     class: PolicyValidation
 *     properties: { preset: staging }
 */
export class PolicyValidation {
  readonly #options: PolicyOptions;

  constructor(properties: PolicyValidationProps = {}) {
    throwFindings(propertyFindings(properties));
    const { preset = "prod", rules: config, waivers } = properties;
    this.#options = {
      preset,
      ...(config && { config: [config] }),
      ...(waivers && { waivers: [{ file: FILE, waivers }] }),
    };
    throwFindings(configFindings(this.#options));
  }

  /** Called by cdk8s-cli. */
  async validate(context: ValidationContext): Promise<void> {
    const manifests = context.manifests.map((path) => ({ path, objects: context.parseManifest(path) }));
    const read = readManifests(manifests);
    const { findings, waived } = checkSystem(read.system, this.#options);
    const all = [...read.findings, ...findings];
    const [manifest = ""] = context.manifests;
    for (const violation of violations(all, ({ kind, name }) => {
      const origins = read.originsOf({ kind, name });
      return origins.length > 0 ? origins : [{ resource: name, manifest }];
    }))
      context.report.addViolation(violation);
    const mandatory = all.filter(({ severity }) => severity === "error").length;
    context.report.submit(mandatory > 0 ? "failure" : "success", {
      preset: this.#options.preset ?? "prod",
      mandatory: String(mandatory),
      advisory: String(all.length - mandatory),
      waived: String(waived.length),
    });
  }
}

type OriginsOf = (finding: Finding) => readonly { readonly resource: string; readonly manifest: string }[];

// One for each rule and what to do about it: cdk8s-cli counts the places of each.
function violations(findings: readonly Finding[], originsOf: OriginsOf): Violation[] {
  const groups = Map.groupBy(findings, ({ code, severity, remedy }) => JSON.stringify([code, severity, remedy]));
  return [...groups.values()].map((group) => {
    const [{ code, severity, remedy }] = group as [Finding];
    return {
      ruleName: severity === "error" ? code : `${code} (advisory)`,
      recommendation: rules.find(({ id }) => id === code)?.title ?? "A resource is one its controller can read.",
      fix: remedy,
      violatingResources: group.flatMap((finding) =>
        originsOf(finding).map(({ resource, manifest }) => ({
          resourceName: resource,
          locations: [
            `${finding.kind} "${finding.name}": ${finding.field ? `${finding.field} ` : ""}${finding.problem}`,
          ],
          manifestPath: manifest,
        })),
      ),
    };
  });
}

const KNOWN = ["preset", "rules", "waivers"];

function propertyFindings(properties: unknown): Finding[] {
  const finding = (field: string, problem: string, remedy: string): Finding => ({
    code: "CD107",
    severity: "error",
    kind: "file",
    name: FILE,
    field: `properties${field && `.${field}`}`,
    problem,
    remedy,
  });
  if (!isObject(properties))
    return [finding("", `must be a map, got ${showValue(properties)}`, "Write { preset: … }.")];
  const unknown = Object.keys(properties)
    .filter((key) => !KNOWN.includes(key))
    .map((key) => finding(key, "is not a known property", `There are ${KNOWN.join(", ")}.`));
  const { preset = "prod" } = properties;
  if ((presets as readonly unknown[]).includes(preset)) return unknown;
  const choices = presets.map((each) => JSON.stringify(each)).join(", ");
  return [...unknown, finding("preset", `must be one of ${choices}, got ${showValue(preset)}`, "Use one of these.")];
}
