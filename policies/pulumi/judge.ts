import type { PolicyFinding, WaivedFinding } from "../finding";
import { runRule } from "../run-rules";
import type { RuleSetting } from "../settings";
import type { OwnWaiver } from "../system";
import { applyWaivers, type FileWaivers } from "../waivers";
import type { Scope, StackView } from "./stack-view";

/** What waivers are judged by. */
export interface WaiverContext {
  readonly files: readonly FileWaivers[];
  readonly today: () => Date;
}

/** What of the findings of one rule is left; what is said about waivers is left to the rules about them. */
export function lift(
  found: readonly PolicyFinding[],
  settings: () => readonly RuleSetting[],
  own: readonly OwnWaiver[],
  { files, today }: WaiverContext,
): readonly PolicyFinding[] {
  if (found.length === 0) return found;
  const { waived } = applyWaivers(found, settings(), own, files, today());
  const lifted = new Set(waived.map(({ finding }) => finding));
  return found.filter((one) => !lifted.has(one));
}

/** Findings with the resource each is about. */
export interface AtResource<T> {
  readonly of: T;
  readonly urn?: string;
}

/** What rules about more than one asset find, without what is lifted. */
export function judgeStack(
  setting: RuleSetting,
  view: StackView,
  settings: () => readonly RuleSetting[],
  context: WaiverContext,
): AtResource<PolicyFinding>[] {
  const scopes = setting.rule.on === "system" ? [view.whole] : view.scopes;
  return scopes.flatMap((scope) =>
    lift(runRule(scope, setting), settings, scope.waivers, context).map((of) => locate(scope, of)),
  );
}

const locate = (scope: Scope, of: PolicyFinding): AtResource<PolicyFinding> => ({
  of,
  urn: scope.urnOf(of.kind, of.name),
});

/** What waivers lift, and what is wrong with them. */
export interface JudgedWaivers {
  readonly waived: readonly AtResource<WaivedFinding>[];
  readonly problems: readonly AtResource<PolicyFinding>[];
}

/** Judges the waivers of a stack's resources and of files. Only rules the engine runs lift and are lifted. */
export function judgeWaivers(
  view: StackView,
  asked: readonly RuleSetting[],
  { files, today }: WaiverContext,
): JudgedWaivers {
  const waivers = [...view.whole.waivers.map(({ waiver }) => waiver), ...files.flatMap((file) => file.waivers)];
  if (waivers.length === 0) return { waived: [], problems: [] };
  const parts = findWaived(view, asked, new Set(waivers.map(({ rule }) => rule)));
  // Whether what is wrong with waivers is reported is the matter of the policies about it.
  const settings = asked.map((one) => (one.rule.on === "waivers" ? { ...one, level: "mandatory" as const } : one));
  const byAssets = parts.map(({ scope, found, own }) => ({
    scope,
    ...applyWaivers(found, settings, own, [], today()),
  }));
  const everything = parts.flatMap(({ found }) => found);
  const byFiles = applyWaivers(everything, settings, [], files, today());
  const located = new Map(parts.flatMap(({ scope, found }) => found.map((of) => [of, locate(scope, of)] as const)));
  const waived = new Map(
    [byFiles, ...byAssets].flatMap((part) => part.waived.map((one) => [one.finding, one] as const)),
  );
  return {
    waived: [...waived.values()].map((of) => ({ ...located.get(of.finding), of })),
    problems: [
      ...byAssets.flatMap(({ scope, findings }) =>
        findings.filter((one) => !located.has(one)).map((one) => locate(scope, one)),
      ),
      ...byFiles.findings.filter((one) => !located.has(one)).map((of) => ({ of })),
    ],
  };
}

interface Part {
  readonly scope: Scope;
  readonly found: readonly PolicyFinding[];
  readonly own: readonly OwnWaiver[];
}

// What the rules find that some waiver names: beside each other by account, and in the whole stack.
function findWaived(view: StackView, asked: readonly RuleSetting[], named: ReadonlySet<string>): Part[] {
  const run = asked.filter(({ rule, level }) => named.has(rule.id) && level !== "disabled");
  const isWhole = ({ rule }: RuleSetting) => rule.on === "system";
  const ofWhole = new Set(asked.filter(isWhole).map(({ rule }) => rule.id));
  const part = (scope: Scope, whole: boolean): Part => ({
    scope,
    found: run.filter((setting) => isWhole(setting) === whole).flatMap((setting) => runRule(scope, setting)),
    own: scope.waivers.filter(({ waiver }) => ofWhole.has(waiver.rule) === whole),
  });
  return [...view.scopes.map((scope) => part(scope, false)), part(view.whole, true)];
}
