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

const STREAM_NOT_FOUND = 10059;
const NAME_IN_USE = 10058;
const FILES_IN_THE_WAY = /error creating store/;
const TOO_NEW = "SV101";
const MOST_MADE_AGAIN = 3;
const WAIT_MS = 50;
const MOST_WAITS = 40;

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
    const step = errors.some(({ code }) => code === TOO_NEW) ? undefined : await take(asset, errors, account, accepted);
    if (step) steps.push(step);
    if (step?.verdict.accepted) accepted.push(asset);
    else if (asset.kind !== "consumer" && !accepted.some((other) => streamOf(other) === streamOf(asset)))
      refused.add(streamOf(asset));
  }
  return [...steps, ...(await madeAgain(accepted, account, judge))];
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

async function take(asset: Asset, errors: readonly Finding[], account: Account, before: readonly Asset[]) {
  const verdict = await patiently(asset, account, before);
  return { asset, errors, verdict, difference: compare(errors, verdict) };
}

async function patiently(asset: Asset, account: Account, before: readonly Asset[]): Promise<Verdict> {
  const verdicts: Verdict[] = [];
  for (;;) {
    const verdict = await account.create(asset);
    verdicts.push(verdict);
    if (verdict.accepted || verdicts.length > MOST_WAITS || !mayPass(asset, before, verdicts)) return verdict;
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
}

// Older clusters deny a stream for a moment after they have confirmed it. The files of a deleted stream can be in the way
// of a new one of its name; a cluster then takes a moment to give the name up.
function mayPass({ kind, spec }: Asset, before: readonly Asset[], verdicts: readonly Verdict[]): boolean {
  const codes = verdicts.map((verdict) => (verdict.accepted ? 0 : verdict.code));
  const last = codes.at(-1);
  if (last === STREAM_NOT_FOUND)
    return kind === "consumer" && before.some((other) => other.kind !== "consumer" && streamOf(other) === spec.stream);
  const filesInTheWay = verdicts.some((verdict) => !verdict.accepted && FILES_IN_THE_WAY.test(verdict.description));
  return filesInTheWay && (last === codes[0] || last === NAME_IN_USE);
}

// What preflight says to the whole set must hold as well: an asset it names is refused when it is created last.
async function madeAgain(accepted: readonly Asset[], account: Account, judge: Judge): Promise<Step[]> {
  const named = accepted.map((asset) => ({ asset, errors: judge(accepted, asset) })).filter((a) => a.errors.length > 0);
  const steps: Step[] = [];
  for (const { asset, errors } of named.slice(0, MOST_MADE_AGAIN)) {
    await account.clear();
    const others = accepted.filter((other) => other !== asset && !isConsumerOf(other, asset));
    const before: Asset[] = [];
    for (const other of others) if ((await patiently(other, account, before)).accepted) before.push(other);
    steps.push(await take(asset, errors, account, before));
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
