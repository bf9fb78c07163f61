import { normalizeSpec } from "../../model/normalize";
import { type ReadNack, readNack } from "./read-nack";

/**
 * What a resource of NACK makes on a server, in normal form: what it leaves out means what Kubernetes and NACK fill in, not
 * what this model does (`storage` is `memory`, `maxAge` a year, `ackPolicy` is `none`). Findings name fields of the manifest.
 */
export function fromNack(object: Readonly<Record<string, unknown>>): ReadNack {
  const { declared, findings } = readNack(object);
  return {
    ...(declared && { declared: { ...declared, spec: normalizeSpec(declared.kind, declared.spec) } }),
    findings,
  };
}
