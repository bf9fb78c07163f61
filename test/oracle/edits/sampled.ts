import type { SpecKind } from "../../../model/finding";
import { type Sample, samples } from "../../support/samples";
import { type EditCase, type Fields, oneWay } from "./edit-case";

const kinds = Object.keys(samples) as SpecKind[];

/** Fields a spec cannot be without: an edit never removes them. */
export const required: Readonly<Partial<Record<SpecKind, readonly string[]>>> = {
  consumer: ["kind", "deliverSubject", "ackPolicy"],
};
const SERVERS = new Set(["replicas", "placement"]);

/** Every sampled value of every field: set, changed, changed back and removed. */
export const sampledCases: readonly EditCase[] = kinds.flatMap((kind) =>
  samples[kind].flatMap((sample) => casesOf(kind, sample)),
);

function casesOf(kind: SpecKind, sample: Sample): EditCase[] {
  const { field, value, changed, beside = {}, goes = [] } = sample;
  const rest = without(beside, goes);
  const set = { ...beside, [field]: value };
  const belongs = kind === "consumer" && field === "kind" ? rest : beside;
  const others = changed === undefined ? [] : [{ ...belongs, [field]: changed }];
  const unset = required[kind]?.includes(field) ? [] : [rest];
  const options = {
    cluster: SERVERS.has(field),
    ...(kind === "consumer" && { position: { delivered: 6, acked: 3 } }),
  };
  return [...others, ...unset].flatMap((other) => [
    oneWay(kind, field, other, set, options),
    oneWay(kind, field, set, other, options),
  ]);
}

function without(spec: Fields, keys: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(spec).filter(([key]) => !keys.includes(key)));
}
