import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClusterSpec } from "../../../model/cluster/cluster-spec";
import type { TlsFiles } from "../../../render/server-place";
import { confOf, environmentOf, freePorts } from "./start-verdict";

const MOST_MS = 30_000;

/** What a running server says to another configuration: it takes it over, or why it goes on with the old one. */
export async function reloadVerdict(
  binary: string,
  from: ClusterSpec,
  to: ClusterSpec,
  tls: TlsFiles,
): Promise<"reloaded" | string> {
  const folder = mkdtempSync(join(tmpdir(), "headwater-reload-"));
  const file = join(folder, "server.conf");
  const ports = await freePorts(8);
  const write = (spec: ClusterSpec) => writeFileSync(file, confOf(spec, ports, join(folder, "store"), tls));
  write(from);
  // A variable of the new configuration must be there from the start: an environment is never read again.
  const env = { ...process.env, ...environmentOf(to), ...environmentOf(from) };
  const child = spawn(binary, ["-c", file], { env, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const find = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (const deadline = Date.now() + MOST_MS; Date.now() < deadline; ) {
      const match = pattern.exec(said);
      if (match) return match;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`waited for ${pattern}:\n${said}`);
  };
  try {
    await find(/Server is ready/);
    write(to);
    child.kill("SIGHUP");
    const [, failure] = await find(/Reloaded server configuration|Failed to reload server configuration: (.*)/);
    return failure ?? "reloaded";
  } finally {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}
