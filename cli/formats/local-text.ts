import { isAbsolute, relative } from "node:path";
import type { ConnectFacts, Login } from "../../local/connect-facts";
import type { LocalStatus, ServerStatus } from "../../local/status";
import type { Paint } from "../color";

/** A local cluster for people. Paths are shown as seen from the folder the command runs in. */
export function localText(status: LocalStatus, cwd: string, paint: Paint): string {
  const path = (file: string) => pathFrom(cwd, file);
  const rows = status.servers.map((server) => cells(server, path));
  const shown = table([["server", "state", "client", "monitor", "version", "pid", "folder"], ...rows], (text) =>
    text === "healthy" ? paint.success(text) : text === "stopped" || text === "not healthy" ? paint.error(text) : text,
  );
  return `${shown}\n${streamsText(status)}${connectText(status.connect, path)}`;
}

function cells(server: ServerStatus, path: (file: string) => string): string[] {
  const { name, condition, client, monitor, version = "-", pid = "-", folder, witness } = server;
  return [name, condition, witness ? "-" : client, monitor, version, String(pid), path(folder)];
}

function table(rows: readonly (readonly string[])[], paint: (text: string) => string): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  // Padded by what is seen: colors take no room.
  const cell = (text: string, i: number) => paint(text) + " ".repeat((widths[i] ?? 0) - text.length);
  return rows.map((row) => `${row.map(cell).join("  ").trimEnd()}\n`).join("");
}

function streamsText({ streams }: LocalStatus): string {
  if (streams.length === 0) return "";
  const messages = streams.reduce((sum, stream) => sum + stream.messages, 0);
  return `${count(streams.length, "stream")}, ${count(messages, "message")}\n\n`;
}

export const count = (number: number, word: string) => `${number} ${word}${number === 1 ? "" : "s"}`;

function connectText(facts: ConnectFacts, path: (file: string) => string): string {
  const lines = [
    `connect   ${facts.urls.join(",")}`,
    ...(facts.caFile ? [`trust     ${path(facts.caFile)}`] : []),
    ...(facts.certFile && facts.keyFile ? [`show      ${path(facts.certFile)}, key ${path(facts.keyFile)}`] : []),
    ...(facts.open ? ["login     nobody has to log in"] : []),
    ...facts.logins.map((login) => `login     ${loginText(login, path)}`),
  ];
  return `${lines.join("\n")}\n`;
}

function loginText({ account, user, secret, certFile, keyFile }: Login, path: (file: string) => string): string {
  const who = user ? `user ${user}` : "a token";
  const where = secret && (secret.startsWith("$") ? `$${secret.slice(1)}` : path(secret));
  const parts = [
    `${who}${account ? ` of account ${account}` : ""}`,
    ...(where ? [`${user ? "password " : ""}in ${where}`] : []),
    ...(certFile && keyFile ? [`certificate ${path(certFile)}, key ${path(keyFile)}`] : []),
  ];
  return parts.join(", ");
}

/** A path as people write it: relative below the folder they are in. */
export function pathFrom(cwd: string, file: string): string {
  const short = relative(cwd, file);
  return short.startsWith("..") || isAbsolute(short) || short === "" ? file : short;
}
