import { throwFindings } from "../model/finding";
import { nextKeys } from "../secrets/encryption-key";
import type { KeyState } from "../secrets/key-state";
import type { ServerBinary } from "./binary";
import { configure } from "./configure";
import { converge } from "./converge";
import { throwLocal } from "./finding";
import { ensureKeys, keepsKey, writeKeys } from "./local-keys";
import { withLock } from "./lock";
import type { LocalRun } from "./run";
import { runningKeysOf } from "./running-keys";
import { runtimeOf } from "./runtime";
import { type LocalState, requireState } from "./state";

/** Which key a cluster has after a rotation. */
export interface RotationResult {
  /** How many keys there have been. */
  readonly rotate: number;
  /** True when a rotation that was interrupted was brought to its end, and no new key was made. */
  readonly resumed: boolean;
}

/**
 * Gives a local cluster a new encryption key: every server is restarted with the new and the old one, one at a time, and
 * then with the new one alone. A rotation that was interrupted is brought to its end.
 */
export function rotateKey(run: LocalRun, binary: ServerBinary): Promise<RotationResult> {
  const { spec } = requireState(run.home);
  if (!keepsKey(spec)) throw notKept(run, spec.jetstream?.encryption !== undefined);
  return withLock(run.home, async () => {
    const keys = ensureKeys(run);
    const resumed = keys.previous !== undefined;
    let state = requireState(run.home);
    const begun = resumed ? keys : await step(run, state, keys, keys.rotate + 1, "keep");
    run.say(`key ${begun.rotate}: every server gets it beside key ${begun.rotate - 1}`);
    state = await roll(run, state, binary);
    const done = await step(run, state, begun, begun.rotate, "drop");
    run.say(`key ${done.rotate}: every server gets it alone`);
    await roll(run, state, binary);
    return { rotate: done.rotate, resumed };
  });
}

async function step(
  run: LocalRun,
  current: LocalState,
  keys: KeyState,
  rotate: number,
  previous: "keep" | "drop",
): Promise<KeyState> {
  const running = await runningKeysOf({ ...run, spec: current.spec }, current);
  const { state, findings } = nextKeys(keys, { rotate, previous }, running, { name: run.home.name });
  throwFindings(findings);
  return writeKeys(run, state as KeyState);
}

async function roll(run: LocalRun, state: LocalState, binary: ServerBinary): Promise<LocalState> {
  const runtime = runtimeOf(run, state.spec, binary);
  return (await converge(runtime, state, await configure(runtime, state.servers))).state;
}

function notKept(run: LocalRun, encrypted: boolean): never {
  return encrypted
    ? throwLocal(
        "LC114",
        run.home.name,
        "jetstream.encryption.key",
        "is a key of yours, and only you can change it",
        "Give the new one as key and this one as previousKey, run up, then leave previousKey out and run up again.",
      )
    : throwLocal(
        "LC114",
        run.home.name,
        "jetstream.encryption",
        "is not set: there is no key to rotate",
        "Set key: { secretName, key } to have one made and kept here.",
      );
}
