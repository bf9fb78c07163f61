import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { templateTsconfig } from "./installed-package";

const { pulumiTools } = require("../../tools/lib/pulumi-tools") as { pulumiTools(): Promise<string[]> };

const root = resolve(__dirname, "../..");

/** What a run of the engine printed and how it ended. */
export interface Run {
  readonly code: number;
  /** Standard output and error, in order of arrival, without colors. */
  readonly text: string;
}

/** A project outside the repository with the packed package installed, and a file backend of its own. */
export interface Project {
  readonly folder: string;
  /** Writes the program, `index.ts`. */
  program(source: string): void;
  /** Runs `pulumi ARGS…` to its end. */
  run(args: readonly string[], env?: Record<string, string>): Promise<Run>;
  /** Starts `pulumi ARGS…` in a process group of its own. */
  start(args: readonly string[], env?: Record<string, string>): ChildProcess;
  up(...args: string[]): Promise<Run>;
  preview(...args: string[]): Promise<Run>;
  refresh(): Promise<Run>;
  destroy(env?: Record<string, string>): Promise<Run>;
  /** The file the backend keeps the state in. */
  readonly stateFile: string;
  /** The state file's text. */
  state(): string;
  config(key: string, value: string, secret?: boolean): Promise<void>;
  remove(): void;
}

const QUIET = ["--yes", "--non-interactive", "--suppress-permalink=true", "--color=never"];

export interface ProjectOptions {
  readonly name?: string;
  readonly stack?: string;
  /** Folder of the state, to share between projects. */
  readonly backend?: string;
  /** Run TypeScript with type checks, as a user's project does. Off, `index.ts` holds plain JavaScript: much faster. */
  readonly typescript?: boolean;
  /** Configuration of the default provider. */
  readonly servers?: string;
  /** Files to copy into the project, as they are in the repository: they replace the ones made here. */
  readonly files?: readonly string[];
}

export async function createProject(options: ProjectOptions = {}): Promise<Project> {
  const { name = "demo", stack = "dev", typescript = false } = options;
  const folder = mkdtempSync(join(tmpdir(), "headwater-project-"));
  const install = process.env.HEADWATER_TEST_INSTALL as string;
  symlinkSync(join(install, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), readFileSync(join(install, "package.json")));
  const runtime = typescript
    ? "runtime: nodejs"
    : "runtime:\n  name: nodejs\n  options:\n    typescript: false\nmain: index.js";
  writeFileSync(join(folder, "Pulumi.yaml"), `name: ${name}\n${runtime}\n`);
  if (typescript) writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(templateTsconfig));
  for (const file of options.files ?? []) cpSync(join(root, file), join(folder, file), { recursive: true });
  const backend = options.backend ?? join(folder, "state");
  mkdirSync(backend, { recursive: true });
  const env = await environment(folder, backend);

  const start = (args: readonly string[], extra: Record<string, string> = {}) =>
    spawn("pulumi", [...args], {
      cwd: folder,
      env: { ...env, ...extra },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
  const run = (args: readonly string[], extra?: Record<string, string>) => finished(start(args, extra));
  const onStack =
    (command: string) =>
    (...args: string[]) =>
      run([
        command,
        "--stack",
        stack,
        ...(command === "preview" ? QUIET.slice(1) : ["--skip-preview", ...QUIET]),
        ...args,
      ]);
  const stateFile = join(backend, ".pulumi", "stacks", name, `${stack}.json`);
  const project: Project = {
    folder,
    stateFile,
    run,
    start,
    program: (source) => writeFileSync(join(folder, typescript ? "index.ts" : "index.js"), source),
    up: onStack("up"),
    preview: onStack("preview"),
    refresh: () => onStack("refresh")(),
    destroy: (extra) => run(["destroy", "--stack", stack, "--skip-preview", ...QUIET], extra),
    state: () => readFileSync(stateFile, "utf8"),
    config: async (key, value, secret = false) => {
      await succeed(run(["config", "set", "--stack", stack, ...(secret ? ["--secret"] : []), key, value]));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  await succeed(run(["stack", "init", stack]));
  if (options.servers) await project.config("nats:servers", options.servers);
  return project;
}

async function environment(folder: string, backend: string): Promise<NodeJS.ProcessEnv> {
  const { HEADWATER_ALLOW_DELETE: _, ...inherited } = process.env;
  return {
    ...inherited,
    PWD: folder,
    PATH: [...(await pulumiTools()), dirname(process.execPath), process.env.PATH].join(delimiter),
    PULUMI_HOME: join(folder, ".pulumi-home"),
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: "test",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}

/** Waits for a started run. */
export function finished(child: ChildProcess): Promise<Run> {
  let text = "";
  child.stdout?.on("data", (chunk) => {
    text += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    text += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? -1, text }));
  });
}

/** The run's text, or a failure that shows it. */
export async function succeed(run: Promise<Run>): Promise<string> {
  const { code, text } = await run;
  if (code !== 0) throw new Error(`pulumi ended with exit code ${code}:\n${text}`);
  return text;
}

/** The text of a run that must fail. */
export async function failing(run: Promise<Run>): Promise<string> {
  const { code, text } = await run;
  if (code === 0) throw new Error(`pulumi was expected to fail:\n${text}`);
  return text;
}
