import type { Machines } from "../../render/files/conf-files";

/** What `headwater render` takes besides the file. */
export interface RenderOptions extends Machines {
  readonly to: string;
  readonly output?: string;
  readonly cluster?: string;
  readonly namespace?: string;
  readonly natsServer?: readonly string[];
  readonly account?: string;
  readonly previous?: string;
  readonly updates?: "guarded" | "apply" | "never";
  readonly image?: string;
  readonly name?: string;
  readonly user?: string;
  readonly secret?: Readonly<Record<string, { readonly secretName: string; readonly key: string }>>;
  readonly owner?: string;
  readonly prune?: boolean;
  readonly color: boolean;
  readonly quiet?: boolean;
}
