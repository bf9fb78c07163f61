import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ClusterSpec } from "../model/cluster/cluster-spec";
import { throwFindings } from "../model/finding";
import { nextKeys } from "../secrets/encryption-key";
import { keyId } from "../secrets/key-id";
import type { KeyState } from "../secrets/key-state";
import { secretsFolder } from "./home";
import { readSecret } from "./local-secrets";
import type { LocalRun } from "./run";
import { makePrivateFolder, writeWhole } from "./state";

const keyFile = ({ home }: LocalRun) => join(secretsFolder(home), "encryption-key.json");

/** True when the key of a cluster is made and kept here: the spec takes it from a Kubernetes Secret. */
export function keepsKey(spec: ClusterSpec): boolean {
  const key = spec.jetstream?.encryption?.key;
  return key !== undefined && "secretName" in key;
}

/** The encryption key that is kept here, `undefined` where there is none. */
export function readKeys(run: LocalRun): KeyState | undefined {
  return existsSync(keyFile(run)) ? (JSON.parse(readFileSync(keyFile(run), "utf8")) as KeyState) : undefined;
}

export function writeKeys(run: LocalRun, keys: KeyState): KeyState {
  makePrivateFolder(secretsFolder(run.home));
  writeWhole(keyFile(run), `${JSON.stringify(keys, null, 2)}\n`);
  return keys;
}

/** The key that is kept here, made when there is none. */
export function ensureKeys(run: LocalRun): KeyState {
  const known = readKeys(run);
  if (known) return known;
  const { state, findings } = nextKeys(undefined, { rotate: 1, previous: "keep" }, [], { name: run.home.name });
  throwFindings(findings);
  return writeKeys(run, state as KeyState);
}

/** Ids of the keys a spec gives its servers. */
export function keyIdsOf(run: LocalRun, spec: ClusterSpec): { key?: string; previousKey?: string } {
  const { key, previousKey } = spec.jetstream?.encryption ?? {};
  const id = (source: typeof key) => {
    const secret = source && readSecret(run, source);
    return secret === undefined ? undefined : keyId(secret);
  };
  const [current, previous] = [id(key), id(previousKey)];
  return { ...(current && { key: current }), ...(previous && { previousKey: previous }) };
}
