import { contextualDefaults, dropDefaults } from "../model/defaults";
import { HeadwaterError } from "../model/finding";
import { isObject } from "../model/walk";
import type { Api } from "./api";
import type { Driver, Fields, Live } from "./driver";
import { streamDriver } from "./stream-driver";

const INHERITED = ["inactiveThreshold", "maxAckPending"];

/**
 * What the server fills in of a consumer that says nothing: the limits of its stream, as they are now. `undefined` where
 * there is nothing to explain, or the stream may not be looked at.
 */
export async function filledIn(api: Api, driver: Driver, wanted: Fields, live: Live): Promise<Fields | undefined> {
  if (driver.base !== "consumer") return undefined;
  const unexplained = dropDefaults(live.base, contextualDefaults.consumer);
  if (!INHERITED.some((key) => key in unexplained && !(key in wanted))) return undefined;
  const stream = await visible(() => streamDriver.info(api, { name: wanted.stream }));
  return isObject(stream?.base.consumerLimits) ? stream.base.consumerLimits : undefined;
}

async function visible<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof HeadwaterError && error.code === "CN105") return undefined;
    throw error;
  }
}
