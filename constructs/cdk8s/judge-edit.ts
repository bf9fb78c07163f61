import { judgeEdits } from "../../changes/judge-edits";
import type { Acknowledgment } from "../../model/acknowledgment";
import { type Declared, declaredName } from "../../model/declared";
import type { Finding } from "../../model/finding";
import type { PreviousAssets } from "./previous";

/** One asset, and what is known of the one before it. */
export interface EditToJudge {
  readonly asset: Pick<Declared, "kind" | "spec">;
  readonly account: string;
  readonly previous?: PreviousAssets;
  readonly allow?: readonly Acknowledgment[];
  readonly updates?: "guarded" | "apply" | "never";
  /** Version of the servers. */
  readonly server?: string;
}

/** What was judged of an edit. */
export interface JudgedAsset {
  /** True when the controller may make it. */
  readonly judged: boolean;
  readonly findings: readonly Finding[];
}

/** Judges one asset beside what was rendered of it before. What nobody wants applied, or judged, is not. */
export function judgeEdit({ asset, account, previous, allow, updates = "guarded", server }: EditToJudge): JudgedAsset {
  const before = previous?.find(asset.kind, declaredName(asset), account);
  const { edits, findings } = judgeEdits(before ? [before] : [], [asset], { allow, server });
  const [edit] = edits;
  if (!edit || updates !== "guarded") return { judged: false, findings };
  return { judged: edit.judged, findings: [...findings, ...edit.findings] };
}
