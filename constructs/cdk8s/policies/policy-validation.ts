import type { Construct } from "constructs";
import { throwFindings } from "../../../model/finding";
import { configFindings, type PolicyOptions } from "../../../policies/check";
import { registryOf } from "../registry";

/**
 * Judges an app by the rules of an organization whenever it is synthesized: mandatory ones refuse it, with the path of each
 * construct, advisory ones are printed. Throws a `HeadwaterError` for a configuration that is wrong: PC103, PC104, PC105.
 *
 * @example
 * hw.policyValidation(app, { preset: "staging", config: [{ "jetstream-replicas-odd": "advisory" }] });
 */
export function policyValidation(app: Construct, options: PolicyOptions = {}): void {
  throwFindings(configFindings(options));
  const { policies } = registryOf(app);
  policies.push(options);
}
