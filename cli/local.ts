import { resolve } from "node:path";
import { findBinary, type ServerBinary } from "../local/binary";
import { down } from "../local/down";
import { clustersIn, type LocalHome, localHome } from "../local/home";
import { followLogs, type LogLine, readLogs } from "../local/logs";
import { renewCertificates } from "../local/renew-certificates";
import { rotateKey } from "../local/rotate-key";
import type { LocalRun } from "../local/run";
import { requireState } from "../local/state";
import { type LocalStatus, localStatus } from "../local/status";
import { stop } from "../local/stop";
import { up } from "../local/up";
import { formatFinding, HeadwaterError } from "../model/finding";
import { paintFor } from "./color";
import { EXIT } from "./exit-codes";
import { count, localText, pathFrom } from "./formats/local-text";
import type { Io } from "./io";
import type { LocalOptions } from "./local-options";
import { wantedSpec } from "./local-spec-file";

/** One `headwater local` command; answers the exit code. */
export type LocalCommand = (options: LocalOptions, io: Io, server?: string) => Promise<number>;

const DEFAULT_NAME = "local";

export const localUp: LocalCommand = async (options, io) => {
  const root = resolve(io.cwd, options.dir);
  const { spec, warnings } = await wantedSpec(options, root, nameOf(options, io), io);
  const run = runOf(options, io, localHome(root, spec.name));
  for (const warning of warnings) run.say(`warning: ${formatFinding(warning)}`);
  const binary = findBinary(spec.name, options.natsServer, io.env);
  const { state, changed } = await up(run, spec, binary);
  const { servers } = state;
  const did =
    changed === 0
      ? `nothing to do, ${count(servers.length, "server")} ${servers.length === 1 ? "runs" : "run"} as the spec says`
      : `${count(servers.length, "server")} up`;
  const summary = `${spec.name}: ${did}, nats-server ${binary.version} (${binary.path})`;
  return report(options, io, await localStatus(run, state), { changed }, summary);
};

export const localStatusCommand: LocalCommand = async (options, io) => {
  const run = runOf(options, io);
  return report(options, io, await localStatus(run), {}, `${run.home.name}: in ${pathFrom(io.cwd, run.home.folder)}`);
};

export const localStop: LocalCommand = async (options, io) => {
  const run = runOf(options, io);
  const stopped = await stop(run);
  const kept = `what they store stays in ${pathFrom(io.cwd, run.home.folder)}`;
  return ended(options, io, run, stopped, kept);
};

export const localDown: LocalCommand = async (options, io) => {
  const run = runOf(options, io);
  const stopped = await down(run, options);
  return ended(options, io, run, stopped, `${pathFrom(io.cwd, run.home.folder)} is removed`);
};

export const localRotateKey: LocalCommand = async (options, io) => {
  const run = runOf(options, io);
  const { rotate, resumed } = await rotateKey(run, binaryOf(run, options, io));
  const done = `${resumed ? "the rotation that was begun is done" : "done"}: every server runs with key ${rotate} alone`;
  await io.stdout.write(options.json ? json({ name: run.home.name, rotate, resumed }) : `${run.home.name}: ${done}\n`);
  return EXIT.ok;
};

export const localRenewCertificates: LocalCommand = async (options, io) => {
  const run = runOf(options, io);
  const files = await renewCertificates(run, binaryOf(run, options, io));
  const done = `${count(files.length, "certificate")} renewed and loaded`;
  await io.stdout.write(options.json ? json({ name: run.home.name, files }) : `${run.home.name}: ${done}\n`);
  return EXIT.ok;
};

export const localLogs: LocalCommand = async (options, io, server) => {
  const run = runOf(options, io);
  const write = ({ server: name, line }: LogLine) => io.stdout.write(server ? `${line}\n` : `${name} | ${line}\n`);
  for (const line of readLogs(run, server, options.lines ?? 0)) await write(line);
  if (options.follow) {
    const enough = new AbortController();
    process.once("SIGINT", () => enough.abort());
    await followLogs(run, server, write, enough.signal);
  }
  return EXIT.ok;
};

/** Runs a command; what it refuses is reported, all of it at once. */
export async function runLocal(command: LocalCommand, options: LocalOptions, io: Io, server?: string): Promise<number> {
  const interrupted = () => {
    const text = "\nInterrupted. What was started goes on: run it again, or end it with headwater local stop.\n";
    io.stderr.write(text).then(() => process.exit(EXIT.interrupted));
  };
  if (!options.follow) process.once("SIGINT", interrupted);
  try {
    return await command(options, io, server);
  } catch (error) {
    if (!(error instanceof HeadwaterError)) throw error;
    if (options.json) await io.stdout.write(json({ findings: error.findings }));
    else await io.stderr.write(`${error.message}\n`);
    return error.findings.some(({ code }) => CANNOT_WORK.has(code)) ? EXIT.failed : EXIT.errors;
  } finally {
    process.off("SIGINT", interrupted);
  }
}

// What keeps the command from its work; everything else is a refusal.
const CANNOT_WORK = new Set(["LC101", "LC102", "LC103", "LC104", "LC107", "LC108", "TF101", "TF107"]);

function nameOf({ name, dir }: LocalOptions, io: Io): string {
  if (name !== undefined) return name;
  const there = clustersIn(resolve(io.cwd, dir));
  return there.length === 1 ? (there[0] as string) : DEFAULT_NAME;
}

function runOf(options: LocalOptions, io: Io, home?: LocalHome): LocalRun {
  const { stderr } = io;
  const say = (line: string) => void stderr.write(`${line}\n`);
  return {
    home: home ?? localHome(resolve(io.cwd, options.dir), nameOf(options, io)),
    env: io.env,
    cwd: io.cwd,
    say: options.quiet ? () => {} : say,
    ...(options.timeout !== undefined && { timeoutMs: options.timeout }),
  };
}

// The server they run, unless another is named.
function binaryOf({ home }: LocalRun, { natsServer }: LocalOptions, io: Io): ServerBinary {
  return findBinary(home.name, natsServer ?? requireState(home).binary, io.env);
}

async function report(
  options: LocalOptions,
  io: Io,
  status: LocalStatus,
  more: object,
  summary: string,
): Promise<number> {
  const paint = paintFor(io, options.color);
  await io.stdout.write(
    options.json ? json({ ...status, ...more }) : `${summary}\n\n${localText(status, io.cwd, paint)}`,
  );
  return status.servers.every(({ condition }) => condition === "healthy") ? EXIT.ok : EXIT.errors;
}

async function ended(
  options: LocalOptions,
  io: Io,
  { home }: LocalRun,
  stopped: readonly string[],
  rest: string,
): Promise<number> {
  const who = stopped.length === 0 ? "no server was running" : `${count(stopped.length, "server")} stopped`;
  await io.stdout.write(options.json ? json({ name: home.name, stopped }) : `${home.name}: ${who}; ${rest}\n`);
  return EXIT.ok;
}

const json = (value: object) => `${JSON.stringify({ version: 1, report: "local", ...value }, null, 2)}\n`;
