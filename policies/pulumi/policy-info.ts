import type { Option } from "../option";
import type { RuleInfo } from "../rule";
import type { RuleSetting } from "../settings";
import type { ConfigSchema, PolicyInfo } from "./engine";

/** What the engine is told about a rule. The level is asked for when it is needed: it may depend on the stack. */
export function policyInfo(setting: () => RuleSetting): PolicyInfo {
  const { rule, waivable, options } = setting();
  const framework = frameworkOf(rule);
  return {
    name: rule.id,
    displayName: rule.title,
    description: rule.title,
    get enforcementLevel() {
      return setting().level;
    },
    severity: rule.severity,
    tags: [...rule.topics],
    remediationSteps: rule.fix,
    url: `docs/policies/${rule.id}.md`,
    ...(framework && { framework }),
    configSchema: {
      properties: {
        ...Object.fromEntries(
          Object.entries((rule.options ?? {}) as Record<string, Option<unknown>>).map(([key, option]) => [
            key,
            { ...option.schema, description: option.description, default: options[key] } as ConfigSchema,
          ]),
        ),
        waivable: { type: "boolean", description: "Whether a waiver can lift it.", default: waivable },
        reason: { type: "string", description: "Why it is configured so: for readers." },
      },
    },
  };
}

// The engine knows one framework for each policy, in parts: `ISO/IEC 27001:2022 A.8.6`.
function frameworkOf({ frameworks = [] }: Pick<RuleInfo, "frameworks">): PolicyInfo["framework"] {
  const parts = frameworks.map((text) => /^(.+):(\d{4}) (.+)$/.exec(text));
  const [first] = parts;
  if (!first) return undefined;
  const [, name = "", version = ""] = first;
  const same = parts.filter((part) => part?.[1] === name && part[2] === version);
  const controls = same.map((part) => part?.[3]).join(", ");
  return { name, version, reference: controls, specification: `${name}:${version}` };
}
