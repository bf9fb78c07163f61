import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { type CheckOptions, check } from "./check";
import { EXIT, Trouble } from "./exit-codes";
import { formats } from "./formats";
import type { Io } from "./io";
import { packageVersion } from "./package-version";

const EXAMPLES = `
Examples:
  headwater check topology.yaml
  headwater check streams/*.yaml --server-version 2.12.3
  headwater check topology.ts --server nats://localhost:4222 --creds deploy.creds
  headwater check topology.yaml --format junit --output report.xml

Exit codes: 0 no errors, 1 errors found, 2 the command could not do its work.
Passwords and tokens are read from NATS_PASSWORD and NATS_TOKEN, never from the command line.`;

/** Runs one command line; answers the exit code and never throws for a user's mistake. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const done = { code: EXIT.ok as number };
  try {
    await program(io, done).parseAsync([...args], { from: "user" });
    return done.code;
  } catch (error) {
    // Commander has printed help, version or what is wrong with the usage.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.failed;
    const text = error instanceof Trouble ? error.message : defect(error, io);
    await io.stderr.write(`headwater: ${text}\n`);
    return EXIT.failed;
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
    .argument(
      "<file...>",
      "YAML, JSON, or a TypeScript or JavaScript module that exports topologies; - is standard input",
    )
    .addHelpText("after", EXAMPLES)
    .showHelpAfterError("Try: headwater check --help")
    .action(async (files: string[], { json, ...options }: CheckOptions & { json?: boolean }) => {
      done.code = await check(files, { ...options, ...(json && { format: "json" }) }, io);
    });
  for (const option of checkOptions()) checkCommand.addOption(option);
  return root;
}

function checkOptions(): Option[] {
  const option = (flags: string, text: string) => new Option(flags, text);
  return [
    option("--format <format>", "how to report").choices(Object.keys(formats)).default("text"),
    option("--json", "the same as --format json").conflicts("format"),
    option("--output <file>", "write the report to a file, and one line of summary to the terminal"),
    option("--server-version <version>", "judge as this version of nats-server would").conflicts("server"),
    option("--server <urls>", "judge against a live account: its version, limits and streams").argParser(notEmpty),
    option("--user <name>", "user to log in with; the password is read from a file or NATS_PASSWORD"),
    option("--password-file <file>", "file that holds the password"),
    option("--creds <file>", "credentials file"),
    option("--nkey <file>", "file that holds a user nkey seed"),
    option("--tls-ca <file>", "certificate of the authority to trust"),
    option("--tls-cert <file>", "client certificate"),
    option("--tls-key <file>", "key of the client certificate"),
    option("--domain <name>", "JetStream domain"),
    option("--inbox-prefix <subject>", "inbox for replies, where the user may not subscribe to every one"),
    option("--timeout <duration>", "longest wait for the server, such as 5s").default(
      undefined,
      "10s to connect, 30s to answer",
    ),
    option("--no-color", "no colors; so does NO_COLOR, and FORCE_COLOR turns them on"),
    option("--quiet", "print findings only, and no progress"),
  ];
}

function notEmpty(value: string): string {
  if (value.trim() === "") throw new InvalidArgumentError("Name a server, such as nats://localhost:4222.");
  return value;
}

function defect(error: unknown, io: Io): string {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  if (io.env.HEADWATER_DEBUG) return stack ?? message;
  return `${message}\nThis should not happen. HEADWATER_DEBUG=1 shows where it did.`;
}
