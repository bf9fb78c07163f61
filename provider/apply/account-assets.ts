import { readMetadata } from "../../model/stamp";
import type { Api } from "../api";
import { paged } from "../server-facts";

type Wire = Readonly<Record<string, unknown>>;

/** A stream of an account, and whose it is. */
export interface AccountStream {
  readonly name: string;
  readonly stamp?: string;
}

/** A consumer of an account, and whose it is. */
export interface AccountConsumer {
  readonly stream: string;
  readonly name: string;
  /** `STREAM/NAME` */
  readonly target: string;
  readonly stamp?: string;
}

/** Every stream and consumer of an account with its stamp: one request for each page of streams and of consumers. */
export async function accountAssets(api: Api): Promise<{ streams: AccountStream[]; consumers: AccountConsumer[] }> {
  const streams = await paged(api, "STREAM.LIST", "streams");
  const consumers = await Promise.all(
    streams.map(async ({ config, state }) => {
      const stream = String((config as Wire).name);
      const isAlone = (state as Wire | undefined)?.consumer_count === 0;
      const list = isAlone ? [] : await paged(api, `CONSUMER.LIST.${stream}`, "consumers");
      return list.map((consumer): AccountConsumer => {
        const name = String(consumer.name);
        return { stream, name, target: `${stream}/${name}`, ...stampOf(consumer.config) };
      });
    }),
  );
  return {
    streams: streams.map(({ config }) => ({ name: String((config as Wire).name), ...stampOf(config) })),
    consumers: consumers.flat(),
  };
}

function stampOf(config: unknown): { stamp?: string } {
  const { owner } = readMetadata((config as { metadata?: Record<string, string> }).metadata);
  return owner === undefined ? {} : { stamp: owner };
}
