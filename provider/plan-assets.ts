import type { AssetFacts } from "../changes/asset-facts";
import type { Change } from "../changes/change";
import { HeadwaterError, type SpecKind } from "../model/finding";
import { normalizeSpec } from "../model/normalize";
import type { Api } from "./api";
import { assetFacts, needsFacts } from "./asset-facts";
import type { Driver, Fields, Live } from "./driver";
import { drivers } from "./drivers";
import { filledIn } from "./filled-in";
import { liveChanges } from "./live-changes";
import { settle } from "./state";

/** An asset somebody declares. */
export interface DeclaredAsset {
  readonly kind: SpecKind;
  readonly spec: Fields;
}

/** What making one asset as it is declared would do. */
export interface AssetPlan {
  readonly kind: SpecKind;
  readonly name: string;
  /** `create` where it does not exist; `none` where it is as declared. */
  readonly action: "create" | "update" | "none";
  readonly changes: readonly Change[];
  /** What was asked of the server for the text of the changes. */
  readonly facts: AssetFacts;
  /** As the server has it; `undefined` where it does not exist. */
  readonly live?: Live;
}

/** Compares declared assets with the live ones: one request each, and more only for those with changes that need numbers. */
export async function planAssets(
  api: Api,
  declared: readonly DeclaredAsset[],
  onDone: () => void = () => {},
): Promise<AssetPlan[]> {
  const server = await api.version();
  return Promise.all(
    declared.map(async (asset) => {
      const plan = await planAsset(api, server, asset);
      onDone();
      return plan;
    }),
  );
}

async function planAsset(api: Api, server: string, { kind, spec }: DeclaredAsset): Promise<AssetPlan> {
  const driver = drivers[kind];
  const wanted = normalizeSpec(kind, spec);
  const head = { kind, name: driver.nameOf(wanted) };
  const live = await driver.info(api, driver.toBase(wanted));
  if (!live) return { ...head, action: "create", changes: [], facts: {} };
  const base = driver.toBase(wanted, live.base);
  const settled = settle(driver, live, base, await filledIn(api, driver, base, live));
  const plan = (facts: AssetFacts) => liveChanges(driver, head.name, settled, wanted, { facts, server });
  const worst = plan({});
  const facts = needsFacts(worst) ? await factsOf(api, driver, base, worst) : {};
  const changes = needsFacts(worst) ? plan(facts) : worst;
  return { ...head, action: changes.length > 0 ? "update" : "none", changes, facts, live };
}

// A user who may not ask for the numbers gets the worst case.
async function factsOf(api: Api, driver: Driver, base: Fields, changes: readonly Change[]): Promise<AssetFacts> {
  try {
    return await assetFacts(api, driver, base, changes);
  } catch (error) {
    if (error instanceof HeadwaterError && error.code === "CN105") return {};
    throw error;
  }
}
