import fc from "fast-check";
import { type Asset, topologyOf } from "../../oracle/asset";
import { judgedArbitrary, waivedArbitrary } from "../support/judged-arbitrary";
import { meant } from "../support/meant";
import { byFile, byLibrary, byManifest, byManifestPack, byPack, checked, resourceOf } from "./ways";

/** What the provider lets through: it stops the rest before a policy is asked. */
async function accepted(assets: readonly Asset[]): Promise<Asset[]> {
  const checks = await Promise.all(assets.map(checked));
  return assets.filter((_, i) => checks[i] !== undefined);
}

describe("the same assets have the same findings", () => {
  it("in a program and in a file, whatever is wrong with them", () => {
    fc.assert(
      fc.property(waivedArbitrary(3), (assets) => {
        const topology = topologyOf(assets);
        expect(byFile(topology)).toEqual(byLibrary(topology));
      }),
      { numRuns: 300 },
    );
  });

  it("in a program, in a file and in resources as the provider hands them on", async () => {
    let [found, waived] = [0, 0];
    await fc.assert(
      fc.asyncProperty(fc.oneof(judgedArbitrary(3), waivedArbitrary(3)), async (assets) => {
        const topology = topologyOf(await accepted(assets.map(meant)));
        const expected = byLibrary(topology);
        found += expected.length;
        waived += expected.filter((line) => line.startsWith("waived ")).length;
        expect(byFile(topology)).toEqual(expected);
        expect(await byPack(topology)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
    // Without findings and waivers the property would say little.
    expect([found > 1000, waived > 20]).toEqual([true, true]);
  });

  // Left out is what NACK cannot say, or says otherwise: such an asset is refused, or warned about, where it is rendered.
  it("in a program, in manifests of NACK, and in resources of NACK that a program deploys", async () => {
    let [rendered, found, waived] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(fc.oneof(judgedArbitrary(3), waivedArbitrary(3)), async (assets) => {
        const kept = (await accepted(assets.map(meant))).flatMap((asset) => {
          const object = resourceOf(asset);
          return object ? [{ asset, object }] : [];
        });
        const objects = kept.map(({ object }) => object);
        const expected = byLibrary(topologyOf(kept.map(({ asset }) => asset)));
        rendered += objects.length;
        found += expected.length;
        waived += expected.filter((line) => line.startsWith("waived ")).length;
        expect(byManifest(objects)).toEqual(expected);
        expect(await byManifestPack(objects)).toEqual(expected);
      }),
      { numRuns: 150 },
    );
    expect([rendered > 100, found > 300, waived > 5]).toEqual([true, true, true]);
  });
});
