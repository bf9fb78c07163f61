import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formatFinding } from "../../model/finding";
import type { StreamSpec } from "../../model/stream-spec";
import type { TopologySpec } from "../../model/topology-spec";
import { preflight } from "../../preflight/preflight";
import { consumers, streams } from "../../stacks/persistence-design";

const folder = join(__dirname, "../fixtures/persistence-provisioning");
const read = (file: string) => readFileSync(join(folder, file), "utf8");
const { apiVersion, kind, ...topology } = JSON.parse(read("topology.yaml")) as TopologySpec & {
  apiVersion: string;
  kind: string;
};
const provisioned = topology.streams as Readonly<Record<string, StreamSpec>>;

/** The arguments of the script's function, which it calls once for each stream. */
const calls = [...read("provision.sh").matchAll(/^ensure (\S+) '(\S+)' (\S+) (\S+) (\d)$/gm)].map(
  ([, name, subjects, storage, maxAge, replicas]) => {
    return [name as string, { subjects: [subjects], storage, maxAge, replicas: Number(replicas) }] as const;
  },
);

it("has the streams of the script, field by field", () => {
  expect([apiVersion, kind]).toEqual(["headwater.dev/v1", "Topology"]);
  expect(calls).toHaveLength(3);
  const flags = { retention: "limits", discard: "old", duplicateWindow: "2m", maxMsgs: -1, maxBytes: -1 };
  const all = calls.map(([name, own]) => [name, { ...own, ...flags, allowRollupHdrs: true }] as const);
  expect(provisioned).toEqual(Object.fromEntries(all));
});

it("is accepted as it is: no server refuses streams that nothing bounds in bytes", () => {
  expect(preflight(topology).map(formatFinding)).toEqual([]);
  expect(read("provision.sh")).toContain("--max-bytes=-1");
  for (const { maxBytes } of Object.values(provisioned)) expect(maxBytes).toBe(-1);
});

it("is what the design of this repository mends: the same streams, each bounded in bytes and age", () => {
  expect(preflight({ streams, consumers }).map(formatFinding)).toEqual([]);
  expect(Object.keys(streams)).toEqual(expect.arrayContaining(Object.keys(provisioned)));
  for (const { maxBytes, maxAge } of Object.values(streams)) {
    expect(maxBytes).toMatch(/^[1-9]\d*[KMGT]iB$/);
    expect(maxAge).toMatch(/^[1-9]\d*[hd]$/);
  }
});
