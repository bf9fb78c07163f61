import { keyValueToStream, objectStoreToStream } from "../model/bucket-stream";
import type { Finding, SpecKind } from "../model/finding";
import type { KeyValueSpec } from "../model/key-value-spec";
import type { ObjectStoreSpec } from "../model/object-store-spec";
import type { StreamSpec } from "../model/stream-spec";
import type { TopologySpec } from "../model/topology-spec";
import { checkSpec } from "./check-spec";
import { type Claim, checkSubjectOverlap } from "./subject-overlap";

/** All problems of a whole set: each asset's shape, then streams that share subjects and names declared twice. */
export function checkTopology(topology: TopologySpec): Finding[] {
  const findings = specsOf(topology).flatMap(([kind, spec]) => checkSpec(kind, spec));
  return findings.length > 0 ? findings : [...checkClaims(topology), ...checkTwins(topology)];
}

type NamedSpec = readonly [SpecKind, Readonly<Record<string, unknown>>];

function specsOf({ streams, keyValues, objectStores, consumers }: TopologySpec): NamedSpec[] {
  const named = (kind: SpecKind, specs: Readonly<Record<string, object>> | undefined): NamedSpec[] =>
    Object.entries(specs ?? {}).map(([name, spec]) => [kind, { ...spec, name }]);
  return [
    ...named("stream", streams),
    ...named("key-value bucket", keyValues),
    ...named("object store", objectStores),
    ...(consumers ?? []).map((spec): NamedSpec => ["consumer", { ...spec }]),
  ];
}

/** The subjects a stream stores: its name, where it says none and copies from nowhere. */
export function subjectClaim({ name, subjects, mirror, sources }: StreamSpec): Claim {
  return { name, subjects: subjects ?? (mirror || sources ? [] : [name]) };
}

function checkClaims({ streams, keyValues, objectStores }: TopologySpec): Finding[] {
  const claims = [
    ...Object.entries(streams ?? {}).map(([name, spec]) => subjectClaim({ ...spec, name } as StreamSpec)),
    ...Object.entries(keyValues ?? {}).map(([name, spec]) =>
      subjectClaim(keyValueToStream({ ...spec, name } as KeyValueSpec)),
    ),
    ...Object.keys(objectStores ?? {}).map((name) => subjectClaim(objectStoreToStream({ name } as ObjectStoreSpec))),
  ];
  return claims.flatMap((claim, i) => checkSubjectOverlap(claim, claims.slice(0, i)));
}

function checkTwins({ consumers = [] }: TopologySpec): Finding[] {
  const names = consumers.map(({ stream, name }) => `${stream}/${name}`);
  const twins = [...new Set(names.filter((name, i) => names.indexOf(name) < i))];
  const problem = "is declared more than once";
  return twins.map((name) => ({
    code: "SP202",
    severity: "error",
    kind: "consumer",
    name,
    field: "name",
    problem,
    remedy: "Remove one, or give it another name.",
  }));
}
