import type { EventBusInput } from "../build-system";
import type { EngineResource } from "./engine";

/** An event bus; `undefined` where nothing of it is known yet. */
export function readEventBus(_resource: EngineResource): EventBusInput | undefined {
  return undefined;
}
