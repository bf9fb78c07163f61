import type { AccountSpec } from "../../model/cluster/account-spec";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { type AccountMember, listsOf } from "./members";

export type ImportKind = "stream" | "service";

/** An import of one kind, with what it names. */
export interface SoundImport extends AccountMember<NonNullable<AccountSpec["imports"]>[number]> {
  readonly kind: ImportKind;
  readonly origin: { readonly account: string; readonly subject: string };
}

/** The imports that are of one kind: of others nothing more can be said. */
export function soundImports(spec: ClusterSpec): SoundImport[] {
  return listsOf(spec, "imports").flatMap((one): SoundImport[] => {
    const { stream, service } = one.value;
    if (stream && !service) return [{ ...one, kind: "stream", origin: stream }];
    return service && !stream ? [{ ...one, kind: "service", origin: service }] : [];
  });
}
