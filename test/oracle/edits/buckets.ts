import type { SpecKind } from "../../../model/finding";
import { bothWays, type EditCase, type Fields, oneWay } from "./edit-case";

const STORES: readonly Fields[] = [{}, { storage: "memory" }];

const histories = STORES.flatMap((store) =>
  [
    [5, 2],
    [5, 1],
    [64, 5],
    [3, 64],
  ].flatMap(([a, b]) => bothWays("key-value bucket", "history", { ...store, history: a }, { ...store, history: b })),
);

const aged = (["key-value bucket", "object store"] as SpecKind[]).flatMap((kind) =>
  STORES.flatMap((store) => {
    const base = kind === "object store" ? store : { ...store, history: 10 };
    return [
      oneWay(kind, "ttl", base, { ...base, ttl: "2s" }, { aged: true }),
      oneWay(kind, "ttl", { ...base, ttl: "1h" }, { ...base, ttl: "2s" }, { aged: true }),
      oneWay(kind, "ttl", { ...base, ttl: "1h" }, base, { aged: true }),
      ...bothWays(kind, "maxBytes", base, { ...base, maxBytes: 900 }),
      ...bothWays(kind, "maxBytes", { ...base, maxBytes: 50_000 }, { ...base, maxBytes: 900 }),
    ];
  }),
);

const markers = [
  ...bothWays("key-value bucket", "limitMarkerTtl", { history: 5 }, { history: 5, limitMarkerTtl: "1m" }),
  oneWay("key-value bucket", "history", { history: 5, limitMarkerTtl: "1m" }, { history: 2 }),
  oneWay(
    "key-value bucket",
    "limitMarkerTtl",
    { history: 5, ttl: "1h" },
    { history: 5, ttl: "1h", limitMarkerTtl: "1m" },
  ),
];

const seals = STORES.flatMap((store) => [
  ...bothWays("object store", "sealed", store, { ...store, sealed: true }),
  ...bothWays("object store", "sealed", { ...store, ttl: "1h" }, { ...store, ttl: "1h", sealed: true }),
  oneWay("object store", "sealed", { ...store, ttl: "1h" }, { ...store, sealed: true }),
  oneWay("object store", "sealed", { ...store, maxBytes: 900 }, { ...store, maxBytes: 900, sealed: true }),
]);

export const bucketCases: readonly EditCase[] = [...histories, ...aged, ...markers, ...seals];
