import { formatFinding } from "../../model/finding";
import type { PolicyRule } from "../rule";
import type { StackArgs, StackPolicy } from "./engine";
import { judgeStack, judgeWaivers, type WaiverContext } from "./judge";
import type { PackSettings } from "./pack-settings";
import { infoOf } from "./resource-policy";
import type { StackView } from "./stack-view";

/** A policy that judges all resources of a stack, or the waivers they have. */
export function stackPolicy(
  rule: PolicyRule,
  settings: PackSettings,
  view: (resources: StackArgs["resources"]) => StackView,
  waivers: WaiverContext,
  masked: (message: string) => string,
): StackPolicy {
  const policy = {
    validateStack(args: StackArgs, report: (message: string, urn?: string) => void): void {
      const setting = settings.configured(rule, args.getConfig());
      const found =
        rule.on === "waivers"
          ? judgeWaivers(view(args.resources), settings.asked(), waivers).problems.filter(
              ({ of }) => of.rule === rule.id,
            )
          : judgeStack(setting, view(args.resources), settings.all, waivers);
      for (const { of, urn } of found) report(masked(formatFinding(of)), urn);
    },
  };
  return Object.defineProperties(policy, infoOf(rule, settings)) as unknown as StackPolicy;
}
