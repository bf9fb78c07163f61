import { formatFinding, type SpecKind } from "../../../model/finding";
import { fromNack } from "../../../render/nack/from-nack";
import { nackTopology } from "../../../render/nack/nack-topology";
import { toNack } from "../../../render/nack/to-nack";
import { unsettableEdits } from "../../../render/nack/unsettable";
import { unsettableEdits as edits, unsettableMessage } from "../../support/unsettable-edits";

type Fields = Readonly<Record<string, unknown>>;

const INSTEAD = "Leave it out, or make this asset with Pulumi or headwater apply.";
const said = (kind: SpecKind, spec: Fields) => toNack(kind, spec).findings.map(formatFinding);
const consumer = { stream: "S", name: "C", kind: "pull", ackPolicy: "explicit" };

describe("what NACK cannot say", () => {
  it.each<[SpecKind, Fields, string]>([
    [
      "stream",
      { name: "S", allowBatched: true },
      `NK101 stream "S": allowBatched cannot be said in a NACK resource. ${INSTEAD}`,
    ],
    [
      "stream",
      { name: "S", republish: { dest: "copy.>", headersOnly: true } },
      `NK101 stream "S": republish.headersOnly cannot be said in a NACK resource. ${INSTEAD}`,
    ],
    [
      "stream",
      { name: "S", sources: [{ name: "O", consumer: { name: "c", deliverSubject: "d" } }] },
      `NK101 stream "S": sources[0].consumer cannot be said in a NACK resource. ${INSTEAD}`,
    ],
    [
      "consumer",
      { ...consumer, kind: "push", deliverSubject: "d", ackPolicy: "flow_control" },
      'NK101 consumer "S/C": ackPolicy cannot be said in a NACK resource. Use another value, or make this asset with Pulumi or headwater apply.',
    ],
    [
      "key-value bucket",
      { name: "B", metadata: { team: "ingest" } },
      'NK101 key-value bucket "B": metadata cannot be said in a NACK resource. Leave it out: NACK\'s KeyValue has no metadata, and its updates clear what others set.',
    ],
    [
      "object store",
      { name: "B", sealed: true },
      `NK101 object store "B": sealed cannot be said in a NACK resource. ${INSTEAD}`,
    ],
    [
      "stream",
      { name: "S", firstSeq: "9223372036854775808" },
      'NK102 stream "S": firstSeq is above 9223372036854775807, and NACK\'s numbers are signed. Use a smaller number, or make this asset with Pulumi or headwater apply.',
    ],
    [
      "key-value bucket",
      { name: "B", sources: [{ name: "O", filterSubject: "$KV.O.a" }] },
      'NK103 key-value bucket "B": sources[0].filterSubject cannot be said in a NACK resource: NACK renames every key of a source, and servers refuse both. Write it as subjectTransforms, with full subjects of the buckets\' streams.',
    ],
    [
      "consumer",
      { ...consumer, optStartSeq: 7 },
      'NK105 consumer "S/C": optStartSeq is ignored by NACK beside the rest, where servers would refuse it. Remove it, or what it does not go with.',
    ],
    [
      "key-value bucket",
      { name: "B", dataClass: "audit" },
      'NK201 key-value bucket "B": dataClass is kept as an annotation only: NACK\'s KeyValue has no metadata. Policies over manifests read it; policies over the live account do not see it.',
    ],
    [
      "consumer",
      { ...consumer, priorityPolicy: "overflow", priorityGroups: ["a"], priorityTimeout: "1m" },
      'NK202 consumer "S/C": priorityTimeout is left out: NACK sends it with the policy pinned_client only. Remove it: no other policy uses it.',
    ],
  ])("%s %j", (kind, spec, message) => expect(said(kind, spec)).toEqual([message]));

  it("names a mirror whose origin is not known", () => {
    const { findings } = nackTopology({ streams: { M: { mirror: { name: "O" } } } });
    expect(findings.map(formatFinding)).toEqual([
      'NK203 stream "M": mirrorDirect is false, and "O" is not in this set: NACK cannot make the mirror where that stream\'s allowDirect is another. Set mirrorDirect to the allowDirect of the origin.',
    ]);
  });
});

describe("edits NACK does not make", () => {
  it.each(edits)("$kind $from to $to", (edit) => {
    const { kind, from, to } = edit;
    const base = kind === "consumer" ? consumer : { name: "S" };
    const found = unsettableEdits({ kind, spec: { ...base, ...from } }, { kind, spec: { ...base, ...to } });
    expect(found.map(formatFinding)).toEqual([unsettableMessage(edit)]);
  });

  it.each<[Fields, Fields]>([
    [{ placement: { cluster: "a" } }, {}],
    [{ placement: { tags: ["ssd"] } }, { placement: { cluster: "a" } }],
    [{ maxAge: "1h", description: "x", metadata: { a: "b" }, compression: "s2" }, {}],
    [
      { consumerLimits: { maxAckPending: 5 }, duplicateWindow: "30s", subjectDeleteMarkerTtl: "1m" },
      { allowMsgTtl: true, allowRollupHdrs: true },
    ],
    [{ allowDirect: false }, { allowDirect: true }],
  ])("are none from %j to %j", (from, to) => {
    const asset = (spec: Fields) => ({ kind: "stream" as const, spec: { name: "S", ...spec } });
    expect(unsettableEdits(asset(from), asset(to))).toEqual([]);
  });
});

describe("what cannot be read", () => {
  const read = (object: object) =>
    fromNack({ apiVersion: "jetstream.nats.io/v1beta2", kind: "Stream", metadata: { name: "s" }, ...object });
  const messages = (object: object) => read(object).findings.map(formatFinding);

  it.each<[object, string]>([
    [
      { apiVersion: "jetstream.nats.io/v1beta1" },
      'NK301 stream "s": apiVersion must be "jetstream.nats.io/v1beta2", got "jetstream.nats.io/v1beta1". NACK no longer serves other versions: write the resource in this one.',
    ],
    [
      { kind: "StreamTemplate" },
      'NK301 file "s": kind must be one of "Stream", "Consumer", "KeyValue", "ObjectStore", "Account", got "StreamTemplate". Correct the kind.',
    ],
    [{}, 'NK302 stream "s": spec must be a map of its fields, got undefined. Write it.'],
    [{ spec: { subjects: ["a"] } }, 'NK302 stream "s": spec.name must be a name, got undefined. Write it.'],
    [
      { spec: { name: "S", maxAge: "7d" } },
      'NK302 stream "S": spec.maxAge must be a duration of Go such as "90s" or "1h30m", got "7d". Correct the value.',
    ],
    [
      { spec: { name: "S", maxBytes: "1GiB" } },
      'NK302 stream "S": spec.maxBytes must be a whole number, got "1GiB". Correct the value.',
    ],
    [
      { spec: { name: "S", storage: "disk" } },
      'NK302 stream "S": spec.storage must be one of "file", "memory", got "disk". Correct the value.',
    ],
    [
      { spec: { name: "S" }, metadata: { annotations: { "headwater.dev/waive": "no" } } },
      'NK302 stream "S": metadata.annotations["headwater.dev/waive"] must be a list of waivers in JSON, got "no". Correct it, or remove the annotation.',
    ],
    [
      { spec: { name: "S", sources: [{ name: "O", filter: "a" }] } },
      'NK303 stream "S": spec.sources[0].filter is not a field of the resource: Kubernetes drops it. Correct its spelling, or remove it.',
    ],
    [
      {
        kind: "KeyValue",
        spec: { bucket: "B", sources: [{ name: "O", subjectTransforms: [{ source: "a", dest: "b" }] }] },
      },
      'NK302 key-value bucket "B": spec.sources[0].name is a stream that is no bucket, got "O". Copy it with a Stream, or name a bucket\'s stream, KV_….',
    ],
  ])("%j", (object, message) => expect(messages(object)).toEqual([message]));

  it("is nothing of an Account", () => {
    expect(read({ kind: "Account", spec: { servers: ["nats://n"] } })).toEqual({ findings: [] });
  });
});

describe("a manifest that says little", () => {
  const read = (kind: string, spec: object) =>
    fromNack({ apiVersion: "jetstream.nats.io/v1beta2", kind, metadata: { name: "m" }, spec }).declared;

  it("means what Kubernetes and NACK fill in", () => {
    expect(read("Stream", { name: "S", subjects: ["s"] })).toEqual({
      kind: "stream",
      spec: { name: "S", subjects: ["s"], storage: "memory", maxAge: "365d" },
      onDelete: "delete",
    });
    expect(read("Consumer", { streamName: "S", durableName: "C" })?.spec).toEqual({
      stream: "S",
      name: "C",
      kind: "pull",
      ackPolicy: "none",
      ackWait: "1ns",
    });
    const pinned = { priorityPolicy: "pinned_client", priorityGroups: ["a"], ackPolicy: "explicit", ackWait: "30s" };
    expect(read("Consumer", { streamName: "S", durableName: "C", ...pinned })?.spec).toEqual({
      stream: "S",
      name: "C",
      kind: "pull",
      ackPolicy: "explicit",
    });
  });

  it("names buckets with or without the prefix of their streams", () => {
    const sources = [{ name: "KV_O" }, { name: "P" }];
    expect(read("KeyValue", { bucket: "B", sources })?.spec).toEqual({
      name: "B",
      sources: [{ name: "O" }, { name: "P" }],
    });
    expect(read("KeyValue", { bucket: "B", mirror: { name: "KV_O" } })?.spec).toEqual({
      name: "B",
      mirror: { name: "O" },
    });
  });
});
