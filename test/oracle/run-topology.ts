import type { Finding } from "../../model/finding";
import { sameValue } from "../../model/walk";
import { type Asset, nameOf, streamOf } from "./asset";
import { compare } from "./compare";
import type { Judge } from "./judge";
import type { Account, Verdict } from "./server-verdict";
import { wireRequest } from "./wire-request";

/** One asset both sides had a say about. */
export interface Step {
  readonly asset: Asset;
  readonly errors: readonly Finding[];
  readonly verdict: Verdict;
  /** Set where they differ. */
  readonly difference?: string;
}

const TOO_NEW = "SV101";
const MOST_MADE_AGAIN = 3;
const PAUSE_MS = 50;

/** Creates assets in an empty account in their order, each judged by preflight beside those accepted before. */
export async function runTopology(assets: readonly Asset[], account: Account, judge: Judge): Promise<Step[]> {
  await account.clear();
  const accepted: Asset[] = [];
  const refused = new Set<string>();
  const steps: Step[] = [];
  for (const asset of assets) {
    if (asset.kind === "consumer" && refused.has(streamOf(asset))) continue;
    if (accepted.some((before) => isSame(before, asset))) continue;
    const errors = judge([...accepted, asset], asset);
    const tooNew = errors.some(({ code }) => code === TOO_NEW);
    const step = tooNew ? undefined : await take(asset, errors, account);
    if (step) steps.push(step);
    if (step?.verdict.accepted) accepted.push(asset);
    else await giveUp(asset, accepted, refused, account);
  }
  return [...steps, ...(await madeAgain(accepted, account, judge))];
}

// Not where the name is another's: that one stays.
async function giveUp(asset: Asset, accepted: readonly Asset[], refused: Set<string>, account: Account): Promise<void> {
  if (accepted.some((other) => isNamed(other, asset))) return;
  if (asset.kind !== "consumer") refused.add(streamOf(asset));
  await account.forget(asset);
}

function isNamed(a: Asset, b: Asset): boolean {
  return wireRequest(a).subject === wireRequest(b).subject;
}

// Sent twice, the same configuration is the same asset: the server accepts it. A pause that is over counts for none.
function isSame(a: Asset, b: Asset): boolean {
  return sameValue(wireRequest(unpaused(a)), wireRequest(unpaused(b)));
}

function unpaused({ kind, spec }: Asset): Asset {
  return Date.parse(String(spec.pauseUntil)) < Date.now()
    ? { kind, spec: { ...spec, pauseUntil: undefined } }
    : { kind, spec };
}

// A cluster denies a stream for a moment after it has confirmed it, knows one for a moment after it has deleted it, and
// counts a consumer for a moment after it has refused it; files of a deleted stream can be in the way of a new one. What
// lasts is asked for again.
async function take(asset: Asset, errors: readonly Finding[], account: Account): Promise<Step> {
  for (let attempt = 1; ; attempt++) {
    const verdict = await account.create(asset);
    const difference = compare(errors, verdict);
    if (difference === undefined || verdict.accepted || attempt >= account.attempts)
      return { asset, errors, verdict, difference };
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt));
  }
}

// What preflight says to the whole set must hold as well: an asset it names is refused when it is created last.
async function madeAgain(accepted: readonly Asset[], account: Account, judge: Judge): Promise<Step[]> {
  const named = accepted.map((asset) => ({ asset, errors: judge(accepted, asset) })).filter((a) => a.errors.length > 0);
  const steps: Step[] = [];
  for (const { asset, errors } of named.slice(0, MOST_MADE_AGAIN)) {
    await account.clear();
    const others = accepted.filter((other) => other !== asset && !isConsumerOf(other, asset));
    for (const other of others) await take(other, [], account);
    steps.push(await take(asset, errors, account));
  }
  return steps;
}

function isConsumerOf(consumer: Asset, stream: Asset): boolean {
  return consumer.kind === "consumer" && stream.kind !== "consumer" && consumer.spec.stream === streamOf(stream);
}

/** The steps on which preflight and the server differ. */
export function differences(steps: readonly Step[]): (Step & { difference: string })[] {
  return steps.filter((step): step is Step & { difference: string } => step.difference !== undefined);
}

/** `stream "A"` */
export function title(asset: Asset): string {
  return `${asset.kind} "${nameOf(asset)}"`;
}
