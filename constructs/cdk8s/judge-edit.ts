import { judgeEdits } from "../../changes/judge-edits";
import type { Finding } from "../../model/finding";
import type { KubernetesObject } from "../../render/kubernetes/kubernetes-object";
import { fromNack } from "../../render/nack/from-nack";
import { takenOver } from "../../render/nack/taken-over";
import { unsettableEdits } from "../../render/nack/unsettable";
import type { Managed } from "./entry";

/** What was judged of an edit. */
export interface JudgedAsset {
  /** True when the controller may make it. */
  readonly judged: boolean;
  readonly findings: readonly Finding[];
}

/**
 * Judges the edit that a resource is beside what was rendered of its asset before. What nobody wants applied, or judged, is
 * not.
 *
 * @param server Version of the servers.
 */
export function judgeEdit(object: KubernetesObject, managed: Managed, server: string | undefined): JudgedAsset {
  const { allow, previous, options } = managed;
  const { declared } = fromNack(object);
  if (!declared) return { judged: false, findings: [] };
  const before = previous?.find(declared, options);
  const judging = { allow, server, against: unsettableEdits };
  const { edits, findings } = judgeEdits(before ? [before.declared] : [], [declared], judging);
  const [edit] = edits;
  if (!edit || (options.updates ?? "guarded") !== "guarded") return { judged: false, findings };
  const handed = edit.judged && before ? takenOver(before) : [];
  return { judged: edit.judged, findings: [...findings, ...edit.findings, ...handed] };
}
