import * as pulumi from "@pulumi/pulumi";
import type { AssetKind, Finding } from "../../model/finding";
import { type Claim, checkSubjectOverlap } from "../../preflight/subject-overlap";

interface Declared extends Claim {
  readonly resource: string;
}

// What one program has declared so far, per provider: gone with the provider, so programs in one process do not meet.
const declared = new WeakMap<object, Map<string, Declared>>();
const noStack = {};

/** An asset a program declares: its place on the server, the resource that declares it, the subjects it stores. */
export interface Declaration {
  readonly kind: AssetKind;
  readonly target: string;
  readonly resource: string;
  readonly subjects: readonly string[];
}

/** Notes a declaration; answers what is wrong with it beside the ones before. */
export function declare(provider: pulumi.ProviderResource | undefined, declaration: Declaration): Finding[] {
  const { kind, target, resource, subjects } = declaration;
  const account = provider ?? pulumi.runtime.getStackResource() ?? noStack;
  const known = declared.get(account) ?? new Map<string, Declared>();
  declared.set(account, known);
  const twin = known.get(target);
  if (twin) {
    const problem = `is declared by resource "${twin.resource}" already`;
    return [
      {
        code: "SP202",
        severity: "error",
        kind,
        name: target,
        field: "name",
        problem,
        remedy: `Remove one of the two, or give "${resource}" another name.`,
      },
    ];
  }
  const overlaps = checkSubjectOverlap({ name: target, subjects }, known.values());
  known.set(target, { name: target, subjects, resource });
  return overlaps;
}
