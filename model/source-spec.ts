import { z } from "zod";
import { assetNameField, literalSubjectField, subjectField, timestampField, uint64Field } from "./fields";

const transformShape = {
  /**
   * Subject to match; `*` and `>` capture. Errors: 10155, 10151 (mirror), 10145 (source).
   * @default - every subject
   */
  src: subjectField().optional(),
  /**
   * Subject to write, with `{{wildcard(1)}}`, `{{partition(n,1)}}`, `{{split(1,-)}}` and the other mapping functions.
   * Errors: 10156, 10154 (mirror), 10146 (source).
   */
  dest: z.string("must be a subject").min(1, "must be a subject"),
};

/** Rewrites subjects: `{ src: "orders.*", dest: "v1.orders.{{wildcard(1)}}" }`. Since server 2.10. */
export const subjectTransformSchema = z.strictObject(transformShape);

/** Copies every stored message out to a core NATS subject. server/stream.go RePublish. */
export const republishSchema = z.strictObject({
  /**
   * Which stored subjects are copied.
   * @default ">"
   */
  src: subjectField().optional(),
  /** Where to; must not lead back into the stream's own subjects (10052 "forms a cycle"). */
  dest: z.string("must be a subject").min(1, "must be a subject"),
  /**
   * Send headers and the size instead of the payload.
   * @default false
   */
  headersOnly: z.boolean().optional(),
});

/** Where a stream lives that is not in this account or JetStream domain. server/stream.go ExternalStream. */
export const externalSchema = z.strictObject({
  /** API prefix of the other side, `"$JS.hub.API"`; literal, not overlapping `$JS.API` (10021). */
  api: literalSubjectField(),
  /**
   * Prefix of the delivery subjects; literal (10024), and no loop (10022).
   * @default - delivered to an inbox
   */
  deliver: literalSubjectField().optional(),
});

const durableSourceSchema = z.strictObject({
  /** Name of a consumer on the origin with `ackPolicy: "flow_control"`. */
  name: assetNameField(),
  /** That consumer's deliver subject; literal. */
  deliverSubject: literalSubjectField(),
});

/** A stream that is copied from, by a mirror or as one of several sources. server/stream.go StreamSource. */
export const sourceSchema = z.strictObject({
  /** Name of the origin stream. It need not exist yet: copying starts when it does. */
  name: assetNameField(),
  /**
   * First sequence to copy. Changing it later has no effect on what was copied.
   * @default - from the first message
   */
  optStartSeq: uint64Field().optional(),
  /**
   * Copy messages stored at or after this instant. Changing it later has no effect on what was copied.
   * @default - from the first message
   */
  optStartTime: timestampField().optional(),
  /**
   * Copy only subjects that match. Excludes `subjectTransforms` (10150 mirror, 10144 source). On a source, a change
   * removes it and adds it anew.
   * @default - every subject
   */
  filterSubject: subjectField().optional(),
  /**
   * Copy matching subjects under new ones; sources must not overlap (10152, 10147). Since server 2.10.
   * @default - subjects are kept
   */
  subjectTransforms: z.array(subjectTransformSchema).optional(),
  /**
   * Origin in another account or JetStream domain.
   * @default - this account
   */
  external: externalSchema.optional(),
  /**
   * Copy through a durable consumer that exists on the origin; excludes start position and filter (10213, 10215).
   * Since server 2.14. @default - the server makes an internal consumer
   */
  consumer: durableSourceSchema.optional(),
});
