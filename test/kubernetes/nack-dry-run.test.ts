import { describeWith } from "../support/kubernetes";
import { nackDefinitions } from "../support/kubernetes-programs/definitions";
import { added, dryRun, lost } from "../support/kubernetes-programs/dry-run";
import { randomSets, resourcesOf, sampleSets } from "../support/kubernetes-programs/nack-sets";

const options = { namespace: "default", connection: { account: "app" } } as const;

describeWith(nackDefinitions.missing, "resources of NACK, by its own definitions", () => {
  beforeAll(() => nackDefinitions.install());

  it.each([
    ["every field", sampleSets()],
    ["random topologies", randomSets(150, 20_260_131)],
  ])("are taken as they are: %s", async (_, sets) => {
    const objects = sets.flatMap((set, i) => resourcesOf(set, `set-${i}`, options)).map(([, object]) => object);
    const stored = await dryRun(objects);
    const changed = objects.flatMap(({ kind, spec }, i) => lost(spec, stored[i]?.spec, kind));
    expect(changed).toEqual([]);
    const defaults = objects.flatMap(({ kind, spec }, i) => added(spec, stored[i]?.spec, kind));
    expect([...new Set(defaults)].sort()).toEqual([]);
  });
});
