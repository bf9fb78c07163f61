import { InvalidArgumentError, Option } from "commander";
import { LOCAL_ROOT } from "../local/home";
import { parseDuration } from "../model/units";

/** What every `headwater local` command takes. */
export interface LocalOptions {
  readonly name?: string;
  readonly dir: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly color: boolean;
  readonly natsServer?: string;
  readonly timeout?: number;
  readonly size?: string;
  readonly spec?: string;
  readonly deleteData?: boolean;
  readonly lines?: number;
  readonly follow?: boolean;
}

const option = (flags: string, text: string) => new Option(flags, text);

const where = () => [
  option("--name <name>", "the cluster that is meant, where there is more than one"),
  option("--dir <folder>", "folder of local clusters").default(LOCAL_ROOT),
];

const looks = () => [
  option("--json", "the result as JSON"),
  option("--no-color", "no colors; so does NO_COLOR, and FORCE_COLOR turns them on"),
  option("--quiet", "no progress"),
];

const servers = () => [
  option("--nats-server <path>", "the nats-server to run; else HEADWATER_NATS_SERVER, else the one on PATH"),
  option("--timeout <duration>", "longest wait for servers to be healthy, such as 2m")
    .default(undefined, "60s")
    .argParser(milliseconds),
];

export const upOptions = (): Option[] => [
  option("--size <servers>", "how many servers").choices(["1", "3", "5"]).conflicts("spec"),
  option("--spec <file>", "file or module that declares the cluster"),
  ...where(),
  ...servers(),
  ...looks(),
];

export const statusOptions = (): Option[] => [...where(), ...looks()];

export const changeOptions = (): Option[] => [...where(), ...servers(), ...looks()];

export const downOptions = (): Option[] => [
  option("--delete-data", "delete the messages it holds as well"),
  ...where(),
  ...looks(),
];

export const logsOptions = (): Option[] => [
  option("--lines <count>", "how many of the last lines").default(50).argParser(count),
  option("--follow", "go on with what is written from now on"),
  ...where(),
];

function milliseconds(text: string): number {
  const parsed = parseDuration(text);
  if (parsed === undefined || parsed < 1_000_000_000n)
    throw new InvalidArgumentError("Give a duration from 1s, such as 2m.");
  return Number(parsed / 1_000_000n);
}

function count(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new InvalidArgumentError("Give a whole number.");
  return Number(text);
}
