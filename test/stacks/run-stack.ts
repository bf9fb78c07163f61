import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import type * as mocks from "../support/cluster-mocks";

const root = resolve(__dirname, "../..");

export const PROJECT = "headwater-persistence";

/** The configuration of a stack as the engine hands it to the program. */
export function configOf(stack: string): Record<string, string> {
  const { config } = parse(readFileSync(join(root, `stacks/config/Pulumi.${stack}.yaml`), "utf8")) as {
    config: Record<string, unknown>;
  };
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, text(value)]));
}

/** Runs the program as the engine would with a stack's configuration; every run loads it anew. */
export async function runStack(stack: string, over: Record<string, string> = {}): Promise<mocks.Registered[]> {
  let all: mocks.Registered[] = [];
  await jest.isolateModulesAsync(async () => {
    const { runWithMocks } = require("../support/cluster-mocks") as typeof mocks;
    const config = { ...configOf(stack), ...over };
    all = await runWithMocks(() => require("../../stacks/persistence"), { project: PROJECT, stack, config });
  });
  return all;
}
