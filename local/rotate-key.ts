import { existsSync, renameSync, rmSync } from "node:fs";
import { effectiveCluster } from "../model/cluster/effective";
import { throwFindings } from "../model/finding";
import { moveSingleCopies } from "../provider/cluster/move-single-copies";
import { systemOf } from "../provider/cluster/system";
import { closeConnections } from "../provider/connection";
import { nextKeys } from "../secrets/encryption-key";
import { keyId } from "../secrets/key-id";
import type { KeyState } from "../secrets/key-state";
import type { ServerBinary } from "./binary";
import { configure } from "./configure";
import { converge } from "./converge";
import { localFinding, throwLocal } from "./finding";
import { storeOf } from "./home";
import { systemSettings } from "./leave";
import { ensureKeys, keepsKey, writeKeys } from "./local-keys";
import { hasSystemUser } from "./local-spec";
import { withLock } from "./lock";
import { stopServers } from "./processes";
import { waitUntilCurrent } from "./readiness";
import type { LocalRun } from "./run";
import { runningKeysOf } from "./running-keys";
import { runtimeOf } from "./runtime";
import { type LocalState, requireState, writeState } from "./state";
import { readStreams } from "./streams";

/** Which key a cluster has after a rotation. */
export interface RotationResult {
  /** How many keys there have been. */
  readonly rotate: number;
  /** True when a rotation that was interrupted was brought to its end, and no new key was made. */
  readonly resumed: boolean;
}

/**
 * Gives a local cluster a new encryption key. No server opens all it stored with another key: one after the other gets the
 * new key and an empty store, which the others fill again. A rotation that was interrupted is brought to its end.
 */
export async function rotateKey(run: LocalRun, binary: ServerBinary): Promise<RotationResult> {
  checkRotatable(run, requireState(run.home));
  return withLock(run.home, async () => {
    const keys = ensureKeys(run);
    const resumed = keys.previous !== undefined;
    let state = await settle(run, requireState(run.home), binary);
    await checkReplicas(run, state);
    const begun = resumed ? keys : await step(run, state, keys, keys.rotate + 1, "keep");
    for (const { name } of state.servers) {
      if (state.started[name]?.key !== keyId(begun.current)) {
        run.say(`${name}: gets key ${begun.rotate} and an empty store, which the other servers fill`);
        state = await refill(run, state, binary, name);
      }
      rmSync(asideOf(run, name), { recursive: true, force: true });
    }
    const done = await step(run, state, begun, begun.rotate, "drop");
    return { rotate: done.rotate, resumed };
  });
}

async function settle(run: LocalRun, state: LocalState, binary: ServerBinary): Promise<LocalState> {
  const runtime = runtimeOf(run, state.spec, binary, state.started);
  const settled = await converge(runtime, state, await configure(runtime, state.servers));
  await waitUntilCurrent(runtime, state.servers);
  return settled.state;
}

// What it stored stays beside until the others have filled it again.
async function refill(run: LocalRun, state: LocalState, binary: ServerBinary, name: string): Promise<LocalState> {
  const store = storeOf(run.home, name);
  await takeSingleCopies(run, state, binary, name);
  await stopServers(run.home, [name]);
  rmSync(asideOf(run, name), { recursive: true, force: true });
  if (existsSync(store)) renameSync(store, asideOf(run, name));
  const { [name]: _, ...started } = state.started;
  return settle(run, writeState(run.home, { ...state, started }), binary);
}

const asideOf = ({ home }: LocalRun, name: string) => `${storeOf(home, name)}.before`;

// No other server could fill them again.
async function takeSingleCopies(
  run: LocalRun,
  { spec, servers, started }: LocalState,
  binary: ServerBinary,
  name: string,
) {
  if (!hasSystemUser(spec)) return;
  const others = servers.filter((server) => server.name !== name);
  const settings = systemSettings(runtimeOf(run, spec, binary, started), others);
  try {
    await moveSingleCopies(systemOf(settings), name, run.timeoutMs);
  } finally {
    await closeConnections();
  }
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

function checkRotatable({ home }: LocalRun, { spec }: LocalState): void {
  const field = "jetstream.encryption";
  if (!spec.jetstream?.encryption)
    throwLocal(
      "LC114",
      home.name,
      field,
      "is not set: there is no key to rotate",
      "Set key: { secretName, key } to have one made and kept here.",
    );
  if (!keepsKey(spec))
    throwLocal(
      "LC114",
      home.name,
      `${field}.key`,
      "is a key of yours, which is not changed here",
      "docs/keys.md has the way; key: { secretName, key } has one made and kept here.",
    );
  if (effectiveCluster(spec).size < 3)
    throwLocal(
      "LC120",
      home.name,
      "size",
      "is 1: there are no other servers to fill this one again under a new key",
      "Grow the cluster to 3 first. For a server alone docs/keys.md has the way.",
    );
}

async function checkReplicas(run: LocalRun, { spec, servers }: LocalState): Promise<void> {
  if (hasSystemUser(spec)) return;
  const single = (await readStreams({ ...run, spec }, servers)).filter(({ replicas }) => replicas < 2);
  throwFindings(
    single.map(({ account, name }) =>
      localFinding(
        "LC119",
        run.home.name,
        "",
        `stream ${account}/${name} has one replica, and nobody here can log in to the system account and move it away from a server that gets an empty store`,
        "Back it up and delete it, and restore it after the rotation.",
      ),
    ),
  );
}
