import { Command, CommanderError } from "commander";
import { type ApplyOptions, apply } from "./apply";
import { type CheckOptions, check } from "./check";
import { EXIT, Trouble } from "./exit-codes";
import type { Io } from "./io";
import { addLocalCommand } from "./local-command";
import { applyOptions, checkOptions, planOptions, renderOptions } from "./options";
import { packageVersion } from "./package-version";
import { type PlanOptions, plan } from "./plan";
import { type RenderOptions, render } from "./render";
import { TARGETS } from "./render/targets";

const CHECK_HELP = `
Examples:
  headwater check topology.yaml
  headwater check streams/*.yaml --server-version 2.12.3
  headwater check topology.ts --server nats://localhost:4222 --creds deploy.creds
  headwater check topology.yaml --format junit --output report.xml
  headwater check topology.yaml cluster.yaml --policies --preset staging
  headwater check --policies --server nats://localhost:4222

Exit codes: 0 no errors, 1 errors found, 2 the command could not do its work.
Passwords and tokens are read from NATS_PASSWORD and NATS_TOKEN, never from the command line.`;

const PLAN_HELP = `
Examples:
  headwater plan topology.yaml --server nats://localhost:4222
  headwater plan topology.ts --server nats://a:4222,nats://b:4222 --creds deploy.creds --json

Exit codes: 0 nothing to do, 2 changes, 3 changes that do harm or that the server refuses, 1 errors, or the command could
not do its work. Passwords and tokens are read from NATS_PASSWORD and NATS_TOKEN, never from the command line.`;

const APPLY_HELP = `
Examples:
  headwater apply topology.yaml --server nats://localhost:4222
  headwater apply streams/*.yaml --server nats://localhost:4222 --creds deploy.creds --owner shop/prod
  headwater apply topology.ts --server nats://localhost:4222 --owner shop/prod --prune
  HEADWATER_ALLOW_DELETE=OLD headwater apply topology.yaml --server nats://localhost:4222 --owner shop/prod --prune

An edit that does harm is made only where the asset's allow names it; headwater plan says what would be done.
Exit codes: 0 done, or nothing to do, 1 errors found, an edit refused or one that failed, 2 the command could not do its
work, 130 interrupted: what was under way is finished. Passwords and tokens are read from files, NATS_PASSWORD and
NATS_TOKEN, never from the command line.`;

const RENDER_HELP = `
Examples:
  headwater render cluster.yaml --to values > values.yaml
  headwater render cluster.yaml --to conf --hosts a.example.com,b.example.com,c.example.com --output conf/
  headwater render cluster.ts --to compose --output compose/
  headwater render topology.yaml --to nack --account eu --previous nack.yaml --output nack.yaml
  headwater render bus.yaml --to event-bus --previous deployed.yaml --output bus-next.yaml
  headwater render topology.yaml --to cli --output streams/ && sh streams/apply.sh
  headwater render topology.yaml --to job --image registry.example.com/headwater:1 --nats-server nats://nats:4222 \\
    --secret creds=nats-deploy/deploy.creds

Exit codes: 0 written, 1 errors found, 2 the command could not do its work. Nothing that is written contains a secret.`;

const NOTHING_TO_JUDGE = "error: --policies needs files, or --server for the live account";
const FILES = "YAML, JSON, or a TypeScript or JavaScript module that exports topologies; - is standard input";

/** Runs one command line; answers the exit code and never throws for a user's mistake. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const done = { code: EXIT.ok as number };
  // For plans 2 has a meaning of its own.
  const failed = args[0] === "plan" ? EXIT.errors : EXIT.failed;
  try {
    await program(io, done).parseAsync([...args], { from: "user" });
    return done.code;
  } catch (error) {
    // Commander has printed help, version or what is wrong with the usage.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : failed;
    const text = error instanceof Trouble ? error.message : defect(error, io);
    await io.stderr.write(`headwater: ${text}\n`);
    return failed;
  }
}

function program(io: Io, done: { code: number }): Command {
  const root = new Command("headwater")
    .description("JetStream as code: checks streams, consumers and buckets with the server's own rules.")
    .version(packageVersion(), "--version", "print the version")
    .helpOption("--help", "print this help")
    .helpCommand(false)
    .showHelpAfterError("Try: headwater --help")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
    });
  const checkCommand = root
    .command("check")
    .description("Say what a server would refuse of topology files, and what could not work, before anything is sent.")
    .argument("[file...]", FILES)
    .addHelpText("after", CHECK_HELP)
    .showHelpAfterError("Try: headwater check --help")
    .action(async (files: string[], { json, ...options }: CheckOptions & { json?: boolean }) => {
      // Only the gate has something to judge without them: the live account.
      if (files.length === 0 && !(options.policies && options.server))
        checkCommand.error(options.policies ? NOTHING_TO_JUDGE : "error: missing required argument 'file'");
      done.code = await check(files, { ...options, ...(json && { format: "json" }) }, io);
    });
  for (const option of checkOptions()) checkCommand.addOption(option);
  const planCommand = root
    .command("plan")
    .description("Say what making a live account as topology files declare it would do. Nothing is changed.")
    .argument("<file...>", FILES)
    .addHelpText("after", PLAN_HELP)
    .showHelpAfterError("Try: headwater plan --help")
    .action(async (files: string[], options: PlanOptions) => {
      done.code = await plan(files, options, io);
    });
  for (const option of planOptions()) planCommand.addOption(option);
  const applyCommand = root
    .command("apply")
    .description("Make a live account as topology files declare it. What is not declared is left alone.")
    .argument("<file...>", FILES)
    .addHelpText("after", APPLY_HELP)
    .showHelpAfterError("Try: headwater apply --help")
    .action(async (files: string[], options: ApplyOptions) => {
      done.code = await apply(files, options, io);
    });
  for (const option of applyOptions()) applyCommand.addOption(option);
  const renderCommand = root
    .command("render")
    .description("Write a cluster or a topology as configuration for what runs it.")
    .argument("<file>", "YAML, JSON, or a TypeScript or JavaScript module; - is standard input")
    .addHelpText("after", targetsHelp() + RENDER_HELP)
    .showHelpAfterError("Try: headwater render --help")
    .action(async (file: string, options: RenderOptions) => {
      done.code = await render(file, options, io);
    });
  for (const option of renderOptions()) renderCommand.addOption(option);
  addLocalCommand(root, io, done);
  return root;
}

function targetsHelp(): string {
  const lines = Object.entries(TARGETS).map(
    ([name, { renders, says }]) =>
      `  ${name.padEnd(11)}${says} (of ${renders === "event buses" ? renders : `a ${renders}`})`,
  );
  return `\nWhat --to takes:\n${lines.join("\n")}\n`;
}

function defect(error: unknown, io: Io): string {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  if (io.env.HEADWATER_DEBUG) return stack ?? message;
  return `${message}\nThis should not happen. HEADWATER_DEBUG=1 shows where it did.`;
}
