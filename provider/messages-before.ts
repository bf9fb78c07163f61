import type { Api } from "./api";
import { unlessMissing } from "./stream-driver";

const NO_MESSAGE = 10037;

/**
 * How many messages of a stream without gaps were stored before an instant (nanoseconds since 1970): a binary search over
 * sequences, about twenty requests for a million messages. `undefined` when it cannot be told.
 */
export async function messagesBefore(
  api: Api,
  stream: string,
  { first_seq: first, last_seq: last }: { readonly first_seq: number; readonly last_seq: number },
  instant: bigint,
): Promise<number | undefined> {
  let [low, high] = [first, last + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const stored = await storedAt(api, stream, middle);
    if (stored === undefined) return undefined;
    if (stored < instant) low = middle + 1;
    else high = middle;
  }
  return low - first;
}

async function storedAt(api: Api, stream: string, seq: number): Promise<bigint | undefined> {
  const reply = await unlessMissing([NO_MESSAGE], api.request(`STREAM.MSG.GET.${stream}`, { seq }));
  const time = (reply?.message as { time?: string } | undefined)?.time;
  if (time === undefined) return undefined;
  const [seconds = "", fraction = ""] = time.replace(/(Z|[+-]\d\d:\d\d)$/, "").split(".");
  const zone = /(Z|[+-]\d\d:\d\d)$/.exec(time)?.[1] ?? "Z";
  return BigInt(Date.parse(seconds + zone)) * 1_000_000n + BigInt(fraction.padEnd(9, "0").slice(0, 9) || "0");
}
