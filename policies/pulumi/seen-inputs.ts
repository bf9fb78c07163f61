import type { EngineResource } from "./engine";
import { identityOf, kindOf } from "./read-resource";

/** What resources declared when the engine asked before they were written. */
export interface SeenInputs {
  readonly note: (resource: EngineResource) => void;
  /** The resource with what is known of it. */
  readonly complete: (resource: EngineResource) => EngineResource;
}

/**
 * At the end of a preview the engine shows nothing of resources whose provider is not configured yet: of the streams of a
 * cluster that the same run makes. Their inputs were shown before.
 */
export function seenInputs(): SeenInputs {
  const seen = new Map<string, EngineResource["props"]>();
  return {
    note: ({ urn, props }) => seen.set(urn, props),
    complete(resource) {
      const kind = kindOf(resource);
      if (kind === undefined || identityOf(resource) in resource.props) return resource;
      const props = seen.get(resource.urn);
      return props ? { ...resource, props } : resource;
    },
  };
}
