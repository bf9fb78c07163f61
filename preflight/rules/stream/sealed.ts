import type { StreamRule } from "../../rule";

/** A sealed stream takes no messages, so there is nothing to create. server/jetstream_api.go jsStreamCreateRequest. */
export const sealedOnCreation: StreamRule = {
  code: "SP128",
  severity: "error",
  on: "stream",
  says: "A stream is not created sealed.",
  refusals: [{ code: 10052, text: "can not be sealed" }],
  *find({ spec }, { facts }) {
    if (!spec.sealed || !facts.streams || facts.streams.some((existing) => existing.spec.name === spec.name)) return;
    yield {
      field: "sealed",
      value: true,
      problem: "cannot be set on a stream that does not exist",
      remedy: "Create it without, fill it, and seal it later.",
    };
  },
};
