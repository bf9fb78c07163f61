import { resolve } from "node:path";
import type { ClusterSpec } from "../model/cluster/cluster-spec";
import type { SecretSource } from "../model/cluster/secret-source";
import { secretsOf } from "../model/cluster/secrets-of";
import { secretsFolder } from "./home";
import { secretFile } from "./local-secrets";
import type { LocalRun } from "./run";
import { makePrivateFolder, writeWhole } from "./state";

/** A spec that can be kept: secrets that stand in it go into files, paths become absolute. */
export function storableSpec(run: LocalRun, spec: ClusterSpec): ClusterSpec {
  const variables = new Map(secretsOf(spec).map(({ source, variable }) => [source, variable]));
  const stored = (source: SecretSource): SecretSource => {
    if ("file" in source) return { file: resolve(run.cwd, source.file) };
    if (!("value" in source)) return source;
    const file = secretFile(run.home, "given", variables.get(source) ?? "credentials");
    makePrivateFolder(secretsFolder(run.home));
    writeWhole(file, `${source.value}\n`);
    return { file };
  };
  return walk(run, spec, stored) as ClusterSpec;
}

const SOURCES = ["file", "value"];
const PATHS = ["certFile", "keyFile", "caFile"];

function walk(run: LocalRun, value: unknown, stored: (source: SecretSource) => SecretSource): unknown {
  if (Array.isArray(value)) return value.map((item) => walk(run, item, stored));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const isSource =
    entries.length === 1 && entries.every(([key, text]) => SOURCES.includes(key) && typeof text === "string");
  if (isSource) return stored(value as SecretSource);
  return Object.fromEntries(
    entries.map(([key, item]) => {
      if (key === "extraConfig" || key === "kubernetes") return [key, item];
      return [key, PATHS.includes(key) && typeof item === "string" ? resolve(run.cwd, item) : walk(run, item, stored)];
    }),
  );
}
