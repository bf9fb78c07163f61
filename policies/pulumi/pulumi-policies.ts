import type { PolicyRule, Preset } from "../rule";
import type { PolicyConfig } from "../settings";
import type { FileWaivers } from "../waivers";
import type { PulumiPolicy } from "./engine";
import type { HeardQuestions } from "./hear-questions";
import type { WaiverContext } from "./judge";
import { onceATurn } from "./once-a-turn";
import { packSettings } from "./pack-settings";
import { isResourceRule, resourcePolicy, viewResource } from "./resource-policy";
import { seenInputs } from "./seen-inputs";
import { stackPolicy } from "./stack-policy";
import { viewStack } from "./stack-view";
import { waivedPolicy } from "./waived-policy";

/** How strict a pack is. The engine's `--policy-pack-config` decides over it. */
export interface PackOptions {
  /**
   * Levels of the environment; a function is asked when the engine wants to know the levels.
   * @default "prod"
   */
  readonly preset?: Preset | (() => Preset);
  /**
   * Levels and options by rule, over the preset's; the last one decides.
   * @default - none
   */
  readonly config?: readonly PolicyConfig[];
  /**
   * Waivers besides those of the resources themselves.
   * @default - none
   */
  readonly waivers?: readonly FileWaivers[];
  /**
   * What the engine was told on its command line, where that is heard before a policy is asked: the `longest` a waiver may
   * last counts before the policy about waivers is asked.
   * @default - each policy's own, when it is asked
   */
  readonly told?: () => PolicyConfig;
  /**
   * Hears questions before the SDK reads them, which is faster and knows what is secret.
   * @default - what the SDK shows
   */
  readonly questions?: HeardQuestions;
  /**
   * The day waivers are judged on.
   * @default - now
   */
  readonly today?: () => Date;
}

/**
 * Rules as the policies a `PolicyPack` takes, and one that lists what is waived.
 *
 * @example
 * new PolicyPack("ours", { policies: pulumiPolicies([...rules, ownRule], { preset: "staging" }) });
 */
export function pulumiPolicies(
  rules: readonly PolicyRule[],
  { preset = "prod", config = [], waivers = [], told, questions = SHOWN, today = () => new Date() }: PackOptions = {},
): PulumiPolicy[] {
  const settings = packSettings(rules, typeof preset === "function" ? preset : () => preset, config, told);
  const context: WaiverContext = { files: waivers, today };
  const resource = onceATurn<ReturnType<typeof viewResource>>();
  const stack = onceATurn<ReturnType<typeof viewStack>>();
  const { note, complete } = seenInputs();
  const ofResource: typeof viewResource = (asked) =>
    resource(asked.urn, () => {
      const one = questions.resource(asked);
      note(one);
      return viewResource(one);
    });
  const ofStack: typeof viewStack = (asked) => {
    const all = questions.resources(asked);
    return stack(keyOf(all), () => viewStack(all.map(complete)));
  };
  const { masked } = questions;
  return [
    ...rules.map((rule) =>
      isResourceRule(rule)
        ? resourcePolicy(rule, settings, ofResource, context, masked)
        : stackPolicy(rule, settings, ofStack, context, masked),
    ),
    waivedPolicy(settings, ofStack, context, masked),
  ];
}

// Nothing is heard: policies take what the SDK shows.
const SHOWN: HeardQuestions = {
  hear: () => {},
  resource: (asked) => asked,
  resources: (asked) => asked,
  masked: (message) => message,
};

const keyOf = (all: Parameters<typeof viewStack>[0]) => [all.length, all[0]?.urn, all.at(-1)?.urn].join(" ");
