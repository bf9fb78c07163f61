import { formatFinding } from "../../model/finding";
import type { WaivedFinding } from "../finding";
import { daysLeft, waiverLine } from "../waiver-line";
import type { StackArgs, StackPolicy } from "./engine";
import { judgeWaivers, type WaiverContext } from "./judge";
import type { PackSettings } from "./pack-settings";
import type { StackView } from "./stack-view";

/** Lists what is waived, so that every report has it: it never fails. */
export function waivedPolicy(
  settings: PackSettings,
  view: (resources: StackArgs["resources"]) => StackView,
  waivers: WaiverContext,
  masked: (message: string) => string,
): StackPolicy {
  return {
    name: "jetstream-waived",
    displayName: "What is waived is listed",
    description: "Waived for a while",
    enforcementLevel: "advisory",
    severity: "low",
    tags: ["waivers"],
    remediationSteps: "Mend what is waived before the waiver expires, and remove the waiver.",
    url: "docs/policies/jetstream-waiver-valid.md",
    configSchema: { properties: { reason: { type: "string", description: "Why it is configured so: for readers." } } },
    validateStack(args, report) {
      const { waived } = judgeWaivers(view(args.resources), settings.asked(), waivers);
      for (const { of, urn } of waived) report(masked(waivedLine(of, waivers.today())), urn);
    },
  };
}

/** `RULE stream "X": field problem. Waived until 2026-12-31 (40 days left), OPS-1: reason. Written in waive[0].` */
function waivedLine({ finding, waiver, source }: WaivedFinding, today: Date): string {
  const said = formatFinding({ ...finding, remedy: "" }).trimEnd();
  return `${said} Waived ${waiverLine(waiver, daysLeft(waiver, today))}. Written in ${source}.`;
}
