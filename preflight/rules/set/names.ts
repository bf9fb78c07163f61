import type { ConsumerRule, Problem, StreamRule } from "../../rule";

// server/stream.go addStreamWithAssignment, server/consumer.go addConsumerWithAssignment: a name exists once.

const says = "A name is declared once.";

/** Two streams, or two buckets of one kind, with one name. */
export const streamTwins: StreamRule = {
  code: "SP202",
  severity: "error",
  on: "stream",
  says,
  refusals: [{ code: 10058 }],
  *find(stream, world) {
    const twin = world.twin(stream);
    if (twin?.kind === stream.kind) yield declaredTwice(stream, twin);
  },
};

/** Two consumers of one stream with one name. */
export const consumerTwins: ConsumerRule = {
  code: "SP204",
  severity: "error",
  on: "consumer",
  says: "A stream has one consumer of a name.",
  refusals: [{ code: 10148 }],
  *find(consumer, world) {
    const twin = world.twin(consumer);
    if (twin) yield declaredTwice(consumer, twin);
  },
};

interface Named {
  readonly by?: string;
}

function declaredTwice(asset: Named, twin: Named): Problem {
  const problem = twin.by ? `is declared by resource "${twin.by}" already` : "is declared more than once";
  const remedy = asset.by
    ? `Remove one of the two, or give "${asset.by}" another name.`
    : "Remove one, or give it another name.";
  return { field: "name", problem, remedy };
}

/** A bucket is a stream, and so is taken its name. */
export const bucketIsStream: StreamRule = {
  code: "SP203",
  severity: "error",
  on: "stream",
  says: "A key-value bucket `b` is the stream `KV_b`, an object store the stream `OBJ_b`: no other stream has that name.",
  refusals: [{ code: 10058 }],
  *find(stream, world) {
    const twin = world.twin(stream);
    if (!twin || twin.kind === stream.kind) return;
    yield {
      field: "name",
      value: stream.name,
      problem: `is taken: ${twin.kind} "${twin.name}" is stream "${stream.spec.name}" too`,
      remedy: "Give one of the two another name.",
    };
  },
};
