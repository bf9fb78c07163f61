import { rules } from "../../../policies/rules";
import { declaredIn } from "../../../preflight/preflight";
import { topology } from "./baseline";

interface Example {
  readonly kind: ReturnType<typeof declaredIn>[number]["kind"];
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Every asset the examples of rules and the baseline have: each breaks some rule, or keeps it narrowly. */
export const exampleAssets: readonly Example[] = [
  topology,
  ...rules.flatMap(({ example }) => [example.fails, example.passes].flat()),
].flatMap((part) => declaredIn(part).map(({ kind, spec }) => ({ kind, spec })));
