import fc from "fast-check";
import { NEWEST } from "../../../model/version";
import type { Waiver } from "../../../model/waiver";
import { rules } from "../../../policies/rules";
import { type Asset, nameOf } from "../../oracle/asset";
import { topologyArbitrary } from "../../oracle/topology-arbitrary";
import { exampleAssets } from "./example-assets";

/** The day waivers are judged on. */
export const TODAY = new Date("2026-06-01T12:00:00Z");

// Over for long, over since yesterday, the last day, a while, longer than may be.
const EXPIRY = ["2020-02-29", "2026-05-31", "2026-06-01", "2026-08-31", "2099-12-31"] as const;

const waiver: fc.Arbitrary<Waiver> = fc.record({
  rule: fc.constantFrom(...rules.map(({ id }) => id)),
  reason: fc.constant("agreed for now"),
  expires: fc.constantFrom(...EXPIRY),
});

/** Random assets, and assets of the rules' examples: each name once. */
export function judgedArbitrary(servers: 1 | 3): fc.Arbitrary<Asset[]> {
  const random = topologyArbitrary({ version: NEWEST, servers });
  const examples = fc.subarray([...exampleAssets], { maxLength: 12 });
  return fc
    .oneof(
      random,
      examples,
      fc.tuple(random, examples).map((lists) => lists.flat()),
    )
    .map(eachOnce);
}

/** The same, some of them with waivers. */
export function waivedArbitrary(servers: 1 | 3): fc.Arbitrary<Asset[]> {
  return judgedArbitrary(servers).chain((assets) =>
    fc.tuple(
      ...assets.map((asset) =>
        fc
          .option(fc.array(waiver, { minLength: 1, maxLength: 3 }), { nil: undefined })
          .map((waive): Asset => (waive ? { ...asset, spec: { ...asset.spec, waive } } : asset)),
      ),
    ),
  );
}

function eachOnce(assets: readonly Asset[]): Asset[] {
  return [...new Map(assets.map((asset) => [`${asset.kind} ${nameOf(asset)}`, asset])).values()];
}
