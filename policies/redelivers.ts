import type { ConsumerAsset } from "../preflight/asset";

/**
 * True for a consumer whose messages are delivered again until each is acknowledged. Without acknowledgments nothing is
 * delivered twice, and with `flow_control` servers refuse `ackWait`, `backoff` and `maxDeliver`.
 */
export function redelivers({ spec }: ConsumerAsset): boolean {
  return spec.ackPolicy === "explicit" || spec.ackPolicy === "all";
}
