import type { Finding } from "../model/finding";
import { showValue } from "../model/walk";
import { keyId } from "./key-id";
import type { KeyState, KeysWanted } from "./key-state";
import { isUnknownRunning, type RunningKeys } from "./running-keys";

/** What speaks against going from a state to what is wanted. */
export function checkKeySteps(
  name: string,
  state: KeyState | undefined,
  wanted: KeysWanted,
  running: RunningKeys,
): Finding[] {
  const shape = checkKeyShape(name, wanted);
  if (shape.length > 0) return shape;
  const order = checkOrder(name, state, wanted);
  if (order.length > 0 || !state?.previous) return order;
  const gives = wanted.rotate > state.rotate || wanted.previous === "drop";
  return gives ? checkServers(name, state, wanted, running) : [];
}

/** What is wrong with the arguments themselves. */
export function checkKeyShape(name: string, { rotate, previous }: KeysWanted): Finding[] {
  const found: [field: string, problem: string][] = [];
  if (!Number.isSafeInteger(rotate) || rotate < 1)
    found.push(["rotate", `must be a whole number from 1, got ${showValue(rotate)}`]);
  if (previous !== "keep" && previous !== "drop")
    found.push(["previous", `must be one of "keep", "drop", got ${showValue(previous)}`]);
  return found.map(([field, problem]) => finding(name, "EK101", field, problem, "Correct the value."));
}

function checkOrder(name: string, state: KeyState | undefined, { rotate, previous }: KeysWanted): Finding[] {
  const from = state?.rotate ?? 0;
  if (rotate < from)
    return [
      finding(
        name,
        "EK102",
        "rotate",
        `cannot go back from ${from} to ${rotate}: the servers hold data of key ${from}`,
        `Set it to ${from}, or to ${from + 1} for a new key.`,
      ),
    ];
  if (rotate > from + 1)
    return [
      finding(
        name,
        "EK103",
        "rotate",
        state
          ? `cannot go from ${from} to ${rotate}: servers open data of one key and the one before it`
          : `must begin with 1, got ${rotate}`,
        `Set it to ${from + 1}.`,
      ),
    ];
  if (state && rotate > from && previous === "drop")
    return [
      finding(
        name,
        "EK104",
        "previous",
        `cannot be "drop" in the step that makes key ${rotate}: the servers hold data of key ${from}, which they could not open`,
        "Leave previous out, run up, bring every server to the new key, and drop the old one then.",
      ),
    ];
  return [];
}

// Giving up the previous key: every server must have been started with the current one, and so have encrypted all anew.
function checkServers(name: string, state: KeyState, wanted: KeysWanted, running: RunningKeys): Finding[] {
  const [code, field, step] =
    wanted.rotate > state.rotate
      ? (["EK105", "rotate", `key ${wanted.rotate} cannot be made`] as const)
      : (["EK106", "previous", `key ${state.rotate - 1} cannot be dropped`] as const);
  if (isUnknownRunning(running))
    return [
      finding(
        name,
        "EK107",
        field,
        `${step}: it is not known what the servers run with (${running.unknown})`,
        'Let the servers be asked: servers and a provider of the system account. Or look yourself, and accept with allow: [{ code: "EK107", reason: "…" }].',
      ),
    ];
  const behind = running.filter(({ key }) => key !== keyId(state.current)).map(({ server }) => `"${server}"`);
  if (behind.length === 0) return [];
  return [
    finding(
      name,
      code,
      field,
      `${step}: ${behind.join(", ")} ${behind.length === 1 ? "does" : "do"} not run with key ${state.rotate} yet and may hold data of the one before`,
      "Bring every server to the new key first, one after the other.",
    ),
  ];
}

function finding(name: string, code: string, field: string, problem: string, remedy: string): Finding {
  return { code, severity: "error", kind: "encryption key", name, field, problem, remedy };
}
