import type { Finding } from "../../model/finding";
import { normalizeSpec } from "../../model/normalize";
import { sameStack } from "../../model/stamp";
import type { Api } from "../api";
import { drivers } from "../drivers";
import { type AssetPlan, planAssets } from "../plan-assets";
import { judgeWrite, mayTake, type Writer } from "../write-asset";
import type { ApplyAction, ApplyAsset, ApplyPlan, ApplyRequest, ApplyStep } from "./apply-plan";
import { notOursHere } from "./not-ours-here";
import { planPrune } from "./plan-prune";

/** Compares an account with what it is to be, and judges every edit. Nothing is changed. */
export async function planApply(api: Api, request: ApplyRequest): Promise<ApplyPlan> {
  const { declared } = request;
  const plans = await planAssets(api, declared);
  const judged = await Promise.all(plans.map((plan, i) => judgeAsset(api, request, declared[i] as ApplyAsset, plan)));
  const made: ApplyPlan = {
    steps: judged.map(({ step }) => step),
    refusals: judged.flatMap(({ refusals }) => refusals),
  };
  const pruned = request.prune ? await planPrune(api, request, made.steps) : { steps: [], refusals: [] };
  return { steps: [...made.steps, ...pruned.steps], refusals: [...made.refusals, ...pruned.refusals] };
}

interface JudgedStep {
  readonly step: ApplyStep;
  readonly refusals: readonly Finding[];
}

async function judgeAsset(api: Api, request: ApplyRequest, asset: ApplyAsset, plan: AssetPlan): Promise<JudgedStep> {
  const { kind, name, changes, facts, live } = plan;
  const driver = drivers[kind];
  const spec = normalizeSpec(kind, asset.spec);
  const target = driver.target(spec);
  const writer = writerOf(request, target, asset.allow);
  const step = (action: ApplyAction): ApplyStep => {
    return { kind, name, target, action, changes, facts, driver, spec, writer, ...(live && { live }) };
  };
  if (!live) return { step: step("create"), refusals: [] };
  const action = live.owner !== writer.owner ? "adopt" : changes.length > 0 ? "update" : "none";
  const { findings } = changes.length > 0 ? await judgeWrite(api, driver, spec, writer, live) : { findings: [] };
  const strangers = mayTake(live.owner, writer) ? [] : [writer.notOurs(kind, name, live.owner)];
  return { step: step(action), refusals: [...strangers, ...findings] };
}

function writerOf({ owner, adopt, adoptFrom }: ApplyRequest, target: string, allow: ApplyAsset["allow"]): Writer {
  return {
    owner: `${owner}/${target}`,
    allow: allow ?? [],
    adopts: (stamp) => (stamp ? adoptFrom !== undefined && sameStack(stamp, adoptFrom) : adopt),
    notOurs: notOursHere,
  };
}
