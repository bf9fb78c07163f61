import fc from "fast-check";
import type { Asset, Fields } from "./asset";
import { mendStream } from "./mend-stream";
import type { Setting } from "./setting";
import { sourceOf } from "./source-arbitrary";
import { compact, seldom, sparse } from "./sparse";
import { commonStreamFields, ownStreamFields } from "./stream-fields";
import { anySubject, ownSubject } from "./subject-arbitrary";

/** Names of streams, those of two buckets among them. */
export const STREAM_NAMES = ["A", "B", "C", "D"] as const;
const ORIGINS = [...STREAM_NAMES, "KV_K", "OBJ_O", "ABSENT"];

/** A stream of this name: sound in most cases, or any combination of fields. */
export function streamArbitrary(name: string, setting: Setting): fc.Arbitrary<Asset> {
  const of = (wild: boolean) =>
    fc.oneof({ weight: 3, arbitrary: ownStream(name, setting, wild) }, mirrorStream(name, setting, wild));
  const tame = of(false)
    .map(mendStream)
    .map((spec) => fitting(spec, setting));
  return fc
    .oneof({ weight: 4, arbitrary: tame }, of(true))
    .map((spec) => ({ kind: "stream", spec: { name, ...spec } }));
}

function ownStream(name: string, setting: Setting, wild: boolean): fc.Arbitrary<Fields> {
  const subject = fc.oneof({ weight: wild ? 1 : 12, arbitrary: ownSubject(name) }, anySubject);
  const parts = {
    subjects: fc.oneof(
      { weight: 4, arbitrary: fc.array(subject, { minLength: 1, maxLength: 1 }) },
      { weight: wild ? 4 : 1, arbitrary: fc.array(subject, { minLength: 0, maxLength: 3 }) },
      { weight: 1, arbitrary: fc.constant(undefined) },
    ),
    sources: seldom(fc.array(sourceOf(ORIGINS, wild), { minLength: 0, maxLength: 3 }), 3),
    more: sparse({ ...commonStreamFields(setting, wild), ...ownStreamFields }, wild ? 6 : 9),
  };
  return fc.record(parts).map(({ subjects, sources, more }) => compact({ subjects, sources, ...more }));
}

function mirrorStream(name: string, setting: Setting, wild: boolean): fc.Arbitrary<Fields> {
  const origins = wild ? ORIGINS : ORIGINS.filter((origin) => origin !== name);
  const parts = {
    mirror: sourceOf(origins, wild),
    mirrorDirect: seldom(fc.boolean(), 5),
    more: sparse(commonStreamFields(setting, wild), wild ? 6 : 9),
  };
  return fc.record(parts).map(({ mirror, mirrorDirect, more }) => compact({ mirror, mirrorDirect, ...more }));
}

function fitting(spec: Fields, { servers }: Setting): Fields {
  if (Number(spec.replicas ?? 1) <= servers) return spec;
  const { replicas: _, ...rest } = spec;
  return rest;
}
