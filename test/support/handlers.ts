import { isDangerous } from "../../changes/change";
import { planChange } from "../../changes/plan-change";
import type { Acknowledgment } from "../../model/acknowledgment";
import type { SpecKind } from "../../model/finding";
import { normalizeSpec } from "../../model/normalize";
import { closeConnections } from "../../provider/connection";
import type { Fields } from "../../provider/driver";
import { drivers } from "../../provider/drivers";
import { createHandler, type Handler } from "../../provider/handler";

/** A handler of one kind, configured as the engine configures it. */
export async function handlerOf(kind: SpecKind, config: Readonly<Record<string, string>>): Promise<Handler> {
  const handler = createHandler(drivers[kind]);
  await handler.configure({ config: { get: (key) => config[key] } });
  return handler;
}

/** What the engine does with a resource over time, with its state. */
export interface Managed {
  readonly inputs: Fields;
  readonly outputs: Fields;
  /** Checks and applies new arguments; throws what either refuses. */
  apply(args: Fields): Promise<void>;
  /** Reads it back; `undefined` when it is gone. */
  refresh(): Promise<Fields | undefined>;
  remove(): Promise<void>;
}

/** Acknowledges everything an edit does, as a program could. */
export function allowAll(kind: SpecKind, from: Fields, to: Fields): Acknowledgment[] {
  const changes = planChange(kind, "", normalizeSpec(kind, from), normalizeSpec(kind, to));
  return changes
    .filter(isDangerous)
    .map(({ code, field, to: target }) => ({ code, field, to: target, reason: "test" }));
}

/** Drives one resource through its handler the way the engine does; given its kind, every edit is acknowledged. */
export function manage(handler: Handler, owner = "project/stack/resource", kind?: SpecKind): Managed {
  let inputs: Fields = {};
  let outputs: Fields = {};
  let id = "";
  const check = async (args: Fields) => {
    const allow = kind ? { allow: allowAll(kind, inputs, args) } : {};
    const { inputs: checked, failures } = await handler.check(inputs, { ...args, ...allow, owner });
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
    return checked;
  };
  return {
    get inputs() {
      return inputs;
    },
    get outputs() {
      return outputs;
    },
    apply: async (args) => {
      const checked = await check(args);
      const result =
        id === "" ? await handler.create(checked) : { id, ...(await handler.update(id, outputs, checked)) };
      [id, inputs, outputs] = [result.id, checked, result.outs];
    },
    refresh: async () => {
      const read = await handler.read(id, outputs);
      if (!read.id) return undefined;
      [inputs, outputs] = [read.inputs ?? {}, read.props];
      return inputs;
    },
    remove: () => handler.delete(id, outputs),
  };
}

export { closeConnections, drivers };
