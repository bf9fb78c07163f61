import type { Finding } from "../model/finding";
import { isUnknown } from "../model/unknowns";
import { checkKeyShape, checkKeySteps } from "../secrets/check-key-steps";
import { nextKeys } from "../secrets/encryption-key";
import { keyId } from "../secrets/key-id";
import type { KeyState, KeysWanted } from "../secrets/key-state";
import type { RunningKeys } from "../secrets/running-keys";
import { type SecretAcknowledgment, withoutAccepted } from "../secrets/secret-acknowledgment";
import type { Fields } from "./driver";
import { runningKeys } from "./running-keys";
import type { Reach, SecretDriver } from "./secret-handler";

const KIND = "encryption key";

export const encryptionKeyDriver: SecretDriver = {
  kind: KIND,
  inputs: ({ name, rotate, previous, servers, cluster, allow }) => ({
    name,
    rotate: rotate ?? 1,
    previous: previous ?? "keep",
    ...(servers !== undefined && { servers }),
    ...(cluster !== undefined && { cluster }),
    ...(allow !== undefined && { allow }),
  }),
  check: (inputs) => (isUnknown(inputs) ? [] : checkKeyShape(String(inputs.name), wantedOf(inputs))),
  judge: async (olds, inputs, reach) => {
    if (isUnknown(inputs)) return [];
    const state = toState(olds);
    const running = await ask(state, inputs, reach);
    return withoutAccepted(
      nameOf(inputs),
      checkKeySteps(nameOf(inputs), state, wantedOf(inputs), running),
      allowOf(inputs),
    );
  },
  next: async (olds, inputs, reach) => {
    const before = olds && toState(olds);
    const running = await ask(before, inputs, reach);
    const { state, findings } = nextKeys(before, wantedOf(inputs), running, {
      name: nameOf(inputs),
      allow: allowOf(inputs),
    });
    return { findings, outputs: state && toOutputs(state) };
  },
  mayDelete: (olds) => {
    const name = nameOf(olds);
    const allowed = (process.env.HEADWATER_ALLOW_DELETE ?? "").split(",").map((text) => text.trim());
    return allowed.includes("*") || allowed.includes(name) ? [] : [keepsKey(name)];
  },
};

function keepsKey(name: string): Finding {
  return {
    code: "EK109",
    severity: "error",
    kind: KIND,
    name,
    field: "",
    problem: "is not deleted: volumes outlive a stack, and nobody opens what is on them without it",
    remedy: `To delete it all the same, run again with HEADWATER_ALLOW_DELETE=${name}. To keep it, write it down with pulumi stack output --show-secrets first, or remove it from the state with pulumi state delete.`,
  };
}

// Servers are asked only for steps that give a key up.
async function ask(state: KeyState | undefined, inputs: Fields, reach: Reach): Promise<RunningKeys> {
  const wanted = wantedOf(inputs);
  const gives = state?.previous !== undefined && (wanted.rotate > state.rotate || wanted.previous === "drop");
  if (!gives) return { unknown: "not asked" };
  if (typeof inputs.servers !== "number") return { unknown: "servers is not set" };
  if ("unknown" in reach) return reach;
  return runningKeys(reach.settings, { count: inputs.servers, cluster: inputs.cluster as string | undefined });
}

const nameOf = ({ name }: Fields) => String(name);
const wantedOf = ({ rotate, previous }: Fields) => ({ rotate, previous }) as KeysWanted;
const allowOf = ({ allow }: Fields) => (allow ?? []) as SecretAcknowledgment[];

function toState({ rotate, key, previousKey, retired }: Fields): KeyState {
  return {
    rotate: Number(rotate),
    current: String(key),
    ...(typeof previousKey === "string" && { previous: previousKey }),
    retired: (retired ?? []) as string[],
  };
}

function toOutputs({ current, previous, retired }: KeyState): Fields {
  return {
    key: current,
    keyId: keyId(current),
    ...(previous && { previousKey: previous, previousKeyId: keyId(previous) }),
    retired,
  };
}
