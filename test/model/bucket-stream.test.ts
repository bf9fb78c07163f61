import fc from "fast-check";
import {
  keyValueToStream,
  objectStoreToStream,
  streamToKeyValue,
  streamToObjectStore,
} from "../../model/bucket-stream";
import type { KeyValueSpec } from "../../model/key-value-spec";
import { normalizeSpec } from "../../model/normalize";
import type { ObjectStoreSpec } from "../../model/object-store-spec";
import { specOf } from "../support/spec-arbitrary";

it("makes the stream that every client expects of a key-value bucket", () => {
  expect(keyValueToStream({ name: "cfg", history: 5, ttl: "1h", limitMarkerTtl: "1m", compression: true })).toEqual({
    name: "KV_cfg",
    subjects: ["$KV.cfg.>"],
    maxMsgsPerSubject: 5,
    maxAge: "1h",
    compression: "s2",
    discard: "new",
    allowRollupHdrs: true,
    denyDelete: true,
    allowDirect: true,
    allowMsgTtl: true,
    subjectDeleteMarkerTtl: "1m",
  });
});

it("mirrors a bucket without subjects, and copies keys of another under the own name", () => {
  expect(keyValueToStream({ name: "copy", mirror: { name: "cfg" } })).toMatchObject({
    mirror: { name: "KV_cfg" },
    mirrorDirect: true,
  });
  expect(keyValueToStream({ name: "copy", mirror: { name: "cfg" } })).not.toHaveProperty("subjects");
  expect(keyValueToStream({ name: "all", sources: [{ name: "cfg" }] })).toMatchObject({
    sources: [{ name: "KV_cfg", subjectTransforms: [{ src: "$KV.cfg.>", dest: "$KV.all.>" }] }],
  });
});

it("makes the stream that every client expects of an object store", () => {
  expect(objectStoreToStream({ name: "files" })).toEqual({
    name: "OBJ_files",
    subjects: ["$O.files.C.>", "$O.files.M.>"],
    discard: "new",
    allowRollupHdrs: true,
    allowDirect: true,
  });
});

it("is undone by reading the stream back", () => {
  fc.assert(
    fc.property(specOf("key-value bucket"), (spec) => {
      const normal = normalizeSpec("key-value bucket", spec);
      const stream = normalizeSpec("stream", keyValueToStream(spec as unknown as KeyValueSpec));
      expect(normalizeSpec("key-value bucket", streamToKeyValue(stream as { name: string }))).toEqual(normal);
    }),
  );
  fc.assert(
    fc.property(specOf("object store"), (spec) => {
      const normal = normalizeSpec("object store", spec);
      const stream = normalizeSpec("stream", objectStoreToStream(spec as unknown as ObjectStoreSpec));
      expect(normalizeSpec("object store", streamToObjectStore(stream as { name: string }))).toEqual(normal);
    }),
  );
});
