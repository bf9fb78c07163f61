import { type ChildProcess, fork } from "node:child_process";
import { resolve } from "node:path";
import type { Handler } from "../../provider/handler";

/** A provider in a process of its own. */
export interface ProviderProcess {
  /** A handler of one kind, configured as the engine configures it. */
  handlerOf(kind: string, config: Readonly<Record<string, string>>): Promise<Handler>;
  stop(): Promise<void>;
}

const METHODS = ["configure", "check", "diff", "create", "update", "read", "delete"] as const;

/** Starts the compiled provider, by default that of this repository. */
export function startProvider(env: NodeJS.ProcessEnv = {}, root = resolve(__dirname, "../..")): ProviderProcess {
  const script = resolve(__dirname, "provider-main.js");
  const child = fork(script, [resolve(root, "dist/provider")], { env: { ...process.env, ...env }, execArgv: [] });
  return {
    handlerOf: async (kind, config) => {
      const methods = METHODS.map((method) => [method, (...args: unknown[]) => call(child, { kind, method, args })]);
      const handler = Object.fromEntries(methods) as unknown as Handler & { configure(config: object): Promise<void> };
      await handler.configure(config);
      return handler;
    },
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.kill("SIGKILL");
      }),
  };
}

let calls = 0;

function call(child: ChildProcess, request: { kind: string; method: string; args: unknown[] }): Promise<unknown> {
  const id = ++calls;
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error("the provider process ended"));
    const answered = (reply: { id: number; result?: unknown; error?: string; stack?: string }) => {
      if (reply.id !== id) return;
      child.off("message", answered);
      child.off("exit", ended);
      if (reply.error === undefined) resolve(reply.result);
      else reject(Object.assign(new Error(reply.error), { stack: reply.stack }));
    };
    child.on("message", answered);
    child.once("exit", ended);
    child.send({ id, ...request });
  });
}
