import { spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { throwLocal } from "./finding";

/** A program that runs servers. */
export interface ServerBinary {
  readonly path: string;
  readonly version: string;
}

/** Variable that names the program to run, where the one on PATH is not meant. */
export const BINARY_VARIABLE = "HEADWATER_NATS_SERVER";

const WHERE = `Install nats-server, or name it with --nats-server or ${BINARY_VARIABLE}.`;

/** The nats-server to run: the one that is named, or the first on PATH. */
export function findBinary(
  name: string,
  given: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): ServerBinary {
  const named = given ?? (env[BINARY_VARIABLE] || undefined);
  const path = named ? resolve(named) : onPath(env.PATH ?? "");
  if (!path) return throwLocal("LC101", name, "", "no nats-server is on PATH", WHERE);
  const { status, stdout } = spawnSync(path, ["--version"], { encoding: "utf8" });
  const version = status === 0 ? /v(\d+\.\d+\.\d+\S*)/.exec(stdout)?.[1] : undefined;
  return version
    ? { path, version }
    : throwLocal("LC101", name, "", `"${named ?? path}" is no nats-server that runs here`, WHERE);
}

function onPath(path: string): string | undefined {
  const files = path
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, "nats-server"));
  return files.find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
