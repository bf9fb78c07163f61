import { bucketKinds } from "../../model/bucket-stream";
import type { Finding, SpecKind } from "../../model/finding";
import type { Api } from "../api";
import type { Fields } from "../driver";
import { drivers } from "../drivers";
import { isNamed, keepsMessages } from "../guards";
import { type AccountConsumer, accountAssets } from "./account-assets";
import type { ApplyPlan, ApplyRequest, ApplyStep } from "./apply-plan";
import { notOursHere } from "./not-ours-here";

/**
 * What carries exactly this owner's stamp for its name and is not declared any more. What holds messages is not deleted
 * unless it is named, and neither is a stream that others have consumers on.
 */
export async function planPrune(api: Api, request: ApplyRequest, declared: readonly ApplyStep[]): Promise<ApplyPlan> {
  const kept = new Set(declared.map(({ target }) => target));
  const isOurs = (target: string, stamp: string | undefined) =>
    stamp === `${request.owner}/${target}` && !kept.has(target);
  const { streams, consumers } = await accountAssets(api);
  const orphans = consumers.filter(({ target, stamp }) => isOurs(target, stamp));
  const gone = streams.filter(({ name, stamp }) => isOurs(name, stamp));
  const steps = [
    ...orphans.map(({ stream, name }) => deletion("consumer", { stream, name }, request)),
    ...gone.map(({ name }) => {
      const { kind, bucket } = kindOf(name);
      return deletion(kind, { name: bucket }, request);
    }),
  ];
  const guarded = await Promise.all(steps.map((step) => guardDeletion(api, step, request)));
  const going = new Set(orphans.map(({ target }) => target));
  const shared = steps.flatMap((step) => {
    const others = consumers.filter(({ stream, target }) => stream === step.target && !going.has(target));
    return others.length > 0 ? [sharedStream(step, others)] : [];
  });
  return { steps, refusals: [...guarded.flat(), ...shared] };
}

/** What stands against deleting an asset: messages, where nobody said that they may go. */
export async function guardDeletion(
  api: Api,
  { driver, spec, target }: ApplyStep,
  { allowDelete }: Pick<ApplyRequest, "allowDelete">,
): Promise<Finding[]> {
  if (isNamed(target, allowDelete)) return [];
  const base = driver.toBase(spec);
  const live = await driver.info(api, base);
  const loss = live && (await driver.losesMessages(api, base, live));
  return loss ? [keepsMessages(driver, spec, loss, "declare it again to keep it")] : [];
}

function deletion(kind: SpecKind, spec: Fields, { owner }: ApplyRequest): ApplyStep {
  const driver = drivers[kind];
  const target = driver.target(spec);
  const writer = { owner: `${owner}/${target}`, allow: [], notOurs: notOursHere };
  return { kind, name: driver.nameOf(spec), target, action: "delete", changes: [], facts: {}, driver, spec, writer };
}

// A stamp does not say what an asset was declared as; the name of its stream does.
function kindOf(stream: string): { kind: SpecKind; bucket: string } {
  const kinds = ["key-value bucket", "object store"] as const;
  const kind = kinds.find((bucket) => stream.startsWith(bucketKinds[bucket].prefix));
  return kind ? { kind, bucket: stream.slice(bucketKinds[kind].prefix.length) } : { kind: "stream", bucket: stream };
}

function sharedStream({ kind, name }: ApplyStep, others: readonly AccountConsumer[]): Finding {
  const names = others.slice(0, 5).map((other) => `"${other.name}"`);
  const more = others.length > names.length ? ` and ${others.length - names.length} more` : "";
  const word = others.length === 1 ? "consumer" : "consumers";
  return {
    code: "AP102",
    severity: "error",
    kind,
    name,
    field: "",
    problem: `has ${word} ${names.join(", ")}${more} that would go with it, and was not deleted`,
    remedy: "Delete them first where nobody needs them, or declare it again to keep it.",
  };
}
