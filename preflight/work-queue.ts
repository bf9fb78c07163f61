import { type ConsumerAsset, filtersOf } from "./asset";
import { subjectTrie } from "./subject-trie";

/** The consumers of a work queue, by what they take. server/stream.go partitionUnique. */
export interface WorkQueue {
  /** Adds a consumer; answers one from before that takes some of the same. */
  readonly add: (consumer: ConsumerAsset) => ConsumerAsset | undefined;
}

export function workQueue(): WorkQueue {
  const filters = subjectTrie<ConsumerAsset>();
  let first: ConsumerAsset | undefined;
  let unfiltered: ConsumerAsset | undefined;

  function contenderOf(own: readonly string[]): ConsumerAsset | undefined {
    if (own.length === 0) return first;
    if (unfiltered) return unfiltered;
    for (const subject of own) for (const { owner } of filters.overlapping(subject)) return owner;
    return undefined;
  }

  return {
    add: (consumer) => {
      const own = filtersOf(consumer);
      const contender = own && contenderOf(own);
      first ??= consumer;
      if (own?.length === 0) unfiltered ??= consumer;
      // A consumer's own filters are compared elsewhere: it is added whole, after it was compared.
      for (const subject of own ?? []) filters.add(subject, consumer);
      return contender;
    },
  };
}
