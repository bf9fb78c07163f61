import { stringify } from "yaml";
import { formatFinding } from "../../../model/finding";
import { mergeTopologies } from "../../../model/topology-file";
import type { TopologySpec } from "../../../model/topology-spec";
import { readTopologyText } from "../../../model/topology-text";
import type { Waiver } from "../../../model/waiver";
import { buildSystem } from "../../../policies/build-system";
import { check, checkSystem, type PolicyReport } from "../../../policies/check";
import { hearQuestions } from "../../../policies/pulumi/hear-questions";
import { pulumiPolicies } from "../../../policies/pulumi/pulumi-policies";
import { typeOf } from "../../../policies/pulumi/read-resource";
import { topologyAccount } from "../../../policies/readers/topology-reader";
import { rules } from "../../../policies/rules";
import type { KubernetesObject } from "../../../render/kubernetes/kubernetes-object";
import { manifestDocuments } from "../../../render/kubernetes/manifest-documents";
import { fromNack } from "../../../render/nack/from-nack";
import { toNack } from "../../../render/nack/to-nack";
import { type Asset, assetsOf, nameOf } from "../../oracle/asset";
import { handlerOf } from "../../support/handlers";
import { type Resource, run } from "../pulumi/support/ask";
import { TODAY } from "../support/judged-arbitrary";

/** What a way of asking found: a line each, sorted. What is waived is marked. */
export type Lines = readonly string[];

const linesOf = ({ findings, waived }: PolicyReport): Lines =>
  [
    ...findings.map((one) => `${one.rule} ${one.level} ${formatFinding(one)}`),
    ...waived.map(({ finding: { code, kind, name, field, problem } }) => {
      return `waived ${code} ${kind} "${name}": ${field ? `${field} ` : ""}${problem}`;
    }),
  ].sort();

/** As a program that imports the library asks. */
export function byLibrary(topology: TopologySpec): Lines {
  return linesOf(check({ topology }, { today: TODAY }));
}

/** As a file is read. */
export function byFile(topology: TopologySpec): Lines {
  const text = stringify({ apiVersion: "headwater.dev/v1", kind: "Topology", ...topology });
  const set = mergeTopologies(readTopologyText("topology.yaml", text).sources);
  return linesOf(checkSystem(buildSystem([topologyAccount(set)]), { today: TODAY }));
}

/** What NACK can say of an asset: its resource; `undefined` where anything is refused or left out. */
export function resourceOf({ kind, spec }: Asset): KubernetesObject | undefined {
  const { waive, ...fields } = spec as { waive?: readonly Waiver[] };
  const { object, findings } = toNack(kind, fields as never, { ...(waive && { waive }) });
  // A number the engine cannot carry is written as text where Pulumi deploys it.
  // What a server refuses in one field may be refused where the resource is read, in other words.
  const isRefused = findings.length > 0 || fromNack(object).findings.length > 0;
  return isRefused || holdsBigInt(object) ? undefined : object;
}

const holdsBigInt = (value: unknown): boolean =>
  typeof value === "bigint" || (typeof value === "object" && value !== null && Object.values(value).some(holdsBigInt));

/** As manifests of NACK are read. */
export function byManifest(objects: readonly KubernetesObject[]): Lines {
  const text = objects.map((object) => stringify(object)).join("---\n");
  const { sources, findings } = manifestDocuments(readTopologyText("nack.yaml", text).sources);
  const set = mergeTopologies(sources);
  expect([...findings, ...set.findings]).toEqual([]);
  return linesOf(checkSystem(buildSystem([topologyAccount(set)]), { today: TODAY }));
}

/** As the engine asks the pack about resources of NACK. */
export async function byManifestPack(objects: readonly KubernetesObject[]): Promise<Lines> {
  return packLines(
    objects.map((object) => ({
      type: `kubernetes:${object.apiVersion}:${object.kind}`,
      name: `resource of ${object.metadata.name}`,
      props: object,
      provider: "kubernetes",
    })),
  );
}

/** A resource as the engine has it after the provider's check; `undefined` for what that refuses. */
export async function checked(asset: Asset): Promise<Resource | undefined> {
  const name = `resource of ${nameOf(asset)}`;
  const handler = await handlerOf(asset.kind, { "nats:servers": "nats://127.0.0.1:4" });
  const { inputs, failures } = await handler.check({}, { ...asset.spec, owner: `demo/prod/${name}` });
  const provider = "pulumi-nodejs";
  return failures.length > 0 ? undefined : { type: typeOf[asset.kind], name, props: inputs, provider };
}

// The engine tells every policy's level before it asks.
const told = Object.fromEntries(rules.map(({ id, levels }) => [id, { enforcementLevel: levels.prod }]));

/** As the engine asks the pack. */
export async function byPack(topology: TopologySpec): Promise<Lines> {
  const resources = await Promise.all(assetsOf(topology).map(checked));
  return packLines(resources.filter((one) => one !== undefined));
}

async function packLines(resources: readonly Resource[]): Promise<Lines> {
  const questions = hearQuestions();
  const policies = pulumiPolicies(rules, { today: () => TODAY, told: () => told, questions });
  const violations = await run(policies, resources, questions);
  return violations
    .map(({ policy, level, message }) => {
      const [, ...text] = message.split("\n");
      const waived = / Waived until [^\n]*$/.exec(message);
      if (policy !== "jetstream-waived") return `${policy} ${level} ${text.join("\n")}`;
      return `waived ${text.join("\n").slice(0, -(waived?.[0].length ?? 0) - 1)}`;
    })
    .sort();
}
