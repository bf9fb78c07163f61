import type { SpecKind } from "./finding";
import type { Waiver } from "./waiver";

/** What happens to an asset on the server when its declaration goes. */
export type OnDelete = "retain" | "deleteIfEmpty" | "delete";

/** One asset as some file declares it: what it is, and what it was told besides. */
export interface Declared {
  readonly kind: SpecKind;
  /** The asset with its `name`; a consumer has its `stream` too. */
  readonly spec: Readonly<Record<string, unknown>>;
  /** @default - whoever reads it decides */
  readonly onDelete?: OnDelete;
  /** @default - none */
  readonly waive?: readonly Waiver[];
}

/** As messages name it: a consumer is `STREAM/NAME`. */
export function declaredName({ kind, spec }: Pick<Declared, "kind" | "spec">): string {
  const text = (value: unknown) => (typeof value === "string" ? value : "?");
  return kind === "consumer" ? `${text(spec.stream)}/${text(spec.name)}` : text(spec.name);
}
