import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type Finding, formatFinding, HeadwaterError } from "../model/finding";
import { readSettings, type Settings } from "../provider/settings";
import { Trouble } from "./exit-codes";
import type { Io } from "./io";
import { certificateFault, keyFault, seedFault } from "./login-files";

/** Options of every command that talks to a server. */
export interface ServerOptions {
  readonly server?: string;
  readonly user?: string;
  readonly passwordFile?: string;
  readonly tokenFile?: string;
  readonly creds?: string;
  readonly nkey?: string;
  readonly tlsCa?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly domain?: string;
  readonly inboxPrefix?: string;
  readonly timeout?: string;
}

/** What an option with a file takes. */
interface OptionFile {
  /** The setting is the file's text. */
  readonly file?: true;
  /** What is wrong with the text. */
  readonly faultOf?: (text: string) => string | undefined;
}

// The setting each option gives.
const OPTIONS: readonly (OptionFile & { readonly option: keyof ServerOptions; readonly keys: readonly string[] })[] = [
  { option: "server", keys: ["servers"] },
  { option: "user", keys: ["user"] },
  { option: "passwordFile", keys: ["password"], file: true },
  { option: "tokenFile", keys: ["token"], file: true },
  { option: "creds", keys: ["creds"], file: true },
  { option: "nkey", keys: ["nkey"], file: true, faultOf: seedFault },
  { option: "tlsCa", keys: ["caFile"], faultOf: certificateFault },
  { option: "tlsCert", keys: ["certFile"], faultOf: certificateFault },
  { option: "tlsKey", keys: ["keyFile"], faultOf: keyFault },
  { option: "domain", keys: ["domain"] },
  { option: "inboxPrefix", keys: ["inboxPrefix"] },
  { option: "timeout", keys: ["timeout", "connectTimeout"] },
];

/** How a user gives each setting here: the names the provider uses are those of a Pulumi program. */
const FLAGS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(OPTIONS.flatMap(({ option, keys }) => keys.map((key) => [key, flag(option)]))),
  token: "--token-file or NATS_TOKEN",
};

/** Reads the settings of the server to ask; throws `Trouble` for what is wrong with them. */
export async function serverSettings(options: ServerOptions, io: Io): Promise<Settings> {
  const config = new Map<string, string>();
  for (const { option, keys, ...file } of OPTIONS) {
    const value = options[option];
    const setting = value && (await settingOf(option, value, file, io));
    for (const key of keys) if (setting !== undefined) config.set(key, setting);
  }
  const { NATS_PASSWORD: password, NATS_TOKEN: token } = io.env;
  if (password && config.has("user") && !config.has("password")) config.set("password", password);
  if (token && !["user", "creds", "nkey", "token"].some((key) => config.has(key))) config.set("token", token);
  const { settings, findings } = readSettings((key) => config.get(key.replace(/^nats:/, "")));
  if (!settings) throw trouble(findings);
  return settings;
}

// A file is read and looked at before anything connects: a server would only say that it refuses.
async function settingOf(option: string, value: string, { file, faultOf }: OptionFile, io: Io): Promise<string> {
  if (!file && !faultOf) return value;
  const path = resolve(io.cwd, value);
  const text = await fileText(option, path);
  const fault = faultOf?.(text);
  if (fault) throw new Trouble(`${flag(option)}: ${path} ${fault}.`);
  return file ? text : path;
}

/** What the server or the connection answered, in the words of this command. */
export function serverTrouble(error: unknown): unknown {
  return error instanceof HeadwaterError ? trouble(error.findings) : error;
}

// One option may give several settings: what is wrong with it is said once.
function trouble(findings: readonly Finding[]): Trouble {
  return new Trouble([...new Set(findings.map(asOption).map(formatFinding))].join("\n"));
}

function asOption({ problem, remedy, field, ...finding }: Finding): Finding {
  return { ...finding, kind: "server", field: inFlags(field), problem: inFlags(problem), remedy: inFlags(remedy) };
}

/** A text in the words of the command line. */
export function inFlags(text: string): string {
  return text
    .replace(/nats:(\w+)/g, (whole, key: string) => FLAGS[key] ?? whole)
    .replace(" user and password, which are kept as secrets", " --user and --password-file")
    .replace(/ of the provider/g, "")
    .replace(/the provider's /g, "the ");
}

function flag(option: string): string {
  return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

async function fileText(option: string, file: string): Promise<string> {
  try {
    return (await readFile(file, "utf8")).trim();
  } catch (error) {
    throw new Trouble(`${flag(option)}: cannot read ${file} (${(error as NodeJS.ErrnoException).code}).`);
  }
}
