import { HeadwaterError } from "../model/finding";

/** Thrown by a handler whose `configure` was not called, as the engine always does. */
export function notConfigured(): never {
  throw new HeadwaterError([
    {
      code: "CN100",
      severity: "error",
      kind: "provider",
      name: "nats",
      field: "",
      problem: "was not configured",
      remedy: "Update Pulumi.",
    },
  ]);
}
