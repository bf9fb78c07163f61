import type { Acknowledgment } from "../model/acknowledgment";
import { type Declared, declaredName } from "../model/declared";
import type { Finding, SpecKind } from "../model/finding";
import { normalizeSpec } from "../model/normalize";
import { checkAcknowledgments, unacknowledged } from "./acknowledge";
import { type Change, isRefused } from "./change";
import { changeFinding } from "./describe";
import { planChange } from "./plan-change";

/** An acknowledgment of one edit of a set. */
export interface EditAllowance extends Acknowledgment {
  /**
   * Name of the asset it is about; a consumer's is `STREAM/NAME`.
   * @default - every asset with that edit
   */
  readonly asset?: string;
}

export interface JudgeOptions {
  /** Edits that are meant. @default - none */
  readonly allow?: readonly EditAllowance[];
  /** Version of the server. @default - the newest supported */
  readonly server?: string;
  /**
   * What else stands against an edit, for whom it is rendered: what a controller would not make of it.
   * @default - nothing
   */
  readonly against?: (before: Declared, after: Declared) => readonly Finding[];
}

/** What was judged of one asset. */
export interface JudgedEdit {
  readonly kind: SpecKind;
  /** A consumer's is `STREAM/NAME`. */
  readonly name: string;
  /** What stands against the edit; without facts of a server, so at its worst. */
  readonly findings: readonly Finding[];
  /** Every consequence of the edit, harmless ones too. */
  readonly changes: readonly Change[];
  /**
   * True when it was declared before and nothing stands against the edit: it may be made. An asset that is new was not
   * judged: another one may be called so on the server.
   */
  readonly judged: boolean;
}

export interface JudgedEdits {
  /** Every asset declared now, in order. */
  readonly edits: readonly JudgedEdit[];
  /** What is wrong with the acknowledgments. */
  readonly findings: readonly Finding[];
}

/**
 * What stands against going from what was declared before to what is declared now, asset by asset, without asking a server:
 * edits that are refused, and those that do harm and are not acknowledged. Pure.
 */
export function judgeEdits(
  previous: readonly Declared[],
  next: readonly Declared[],
  options: JudgeOptions = {},
): JudgedEdits {
  const before = new Map(previous.map((asset) => [keyOf(asset), asset]));
  return {
    edits: next.map((asset) => judge(before.get(keyOf(asset)), asset, options)),
    findings: (options.allow ?? []).flatMap((said, i) => checkAllowance(said, i, next)),
  };
}

const keyOf = (asset: Declared) => `${asset.kind} ${declaredName(asset)}`;

function judge(
  before: Declared | undefined,
  asset: Declared,
  { allow = [], server, against: more = () => [] }: JudgeOptions,
): JudgedEdit {
  const { kind, spec } = asset;
  const name = declaredName(asset);
  if (!before) return { kind, name, findings: [], changes: [], judged: false };
  const changes = planChange(kind, name, normalizeSpec(kind, before.spec), normalizeSpec(kind, spec), { server });
  const meant = allow.filter((said) => said.asset === undefined || said.asset === name);
  const against = [...changes.filter(isRefused), ...unacknowledged(changes, meant)];
  const findings = [...against.map((change) => changeFinding(change)), ...more(before, asset)];
  return { kind, name, findings, changes, judged: findings.length === 0 };
}

// One that names nothing would hide a mistake.
function checkAllowance({ asset, ...said }: EditAllowance, i: number, next: readonly Declared[]): Finding[] {
  const meant = next.filter((one) => asset === undefined || declaredName(one) === asset);
  const checked = meant.map((one) => checkAcknowledgments(one.kind, declaredName(one), one.spec, [said]));
  if (checked.some((findings) => findings.length === 0)) return [];
  const field = `allow[${i}]`;
  if (checked.length === 1) return (checked[0] ?? []).map((finding) => ({ ...finding, field }));
  const problem = asset === undefined ? "names an edit no asset has" : `names asset "${asset}", which is not declared`;
  const remedy = "Correct it, or remove it: an acknowledgment holds for one edit.";
  return [{ code: "AK101", severity: "error", kind: "topology", name: asset ?? "", field, problem, remedy }];
}
