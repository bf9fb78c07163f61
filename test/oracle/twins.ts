import type { Twin } from "./twin";
import { accountTwins } from "./twins/account-twins";
import { consumerTwins } from "./twins/consumer-twins";
import { copyTwins } from "./twins/copy-twins";
import { setTwins } from "./twins/set-twins";
import { streamTwins } from "./twins/stream-twins";

/** For every rule about what a server refuses: what it barely refuses, and what it barely accepts. */
export const twins: readonly Twin[] = [...streamTwins, ...copyTwins, ...setTwins, ...consumerTwins, ...accountTwins];

/** Rules no topology can break: its maps have no two equal keys. */
export const NOT_IN_A_TOPOLOGY: readonly string[] = ["SP202"];
