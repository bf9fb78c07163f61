import type { Command, Option } from "commander";
import type { Io } from "./io";
import {
  type LocalCommand,
  localDown,
  localLogs,
  localRenewCertificates,
  localRotateKey,
  localStatusCommand,
  localStop,
  localUp,
  runLocal,
} from "./local";
import { changeOptions, downOptions, type LocalOptions, logsOptions, statusOptions, upOptions } from "./local-options";

const UP_HELP = `
Examples:
  headwater local up
  headwater local up --size 3
  headwater local up --spec cluster.yaml

Without --size and --spec a cluster that is there comes up as it was. Exit codes: 0 the servers run, 1 the spec or the change
is refused, 2 the command could not do its work.`;

const COMMANDS: readonly { name: string; says: string; run: LocalCommand; options: () => Option[]; help?: string }[] = [
  {
    name: "up",
    says: "Start servers, or change those that run to what the spec says.",
    run: localUp,
    options: upOptions,
    help: UP_HELP,
  },
  {
    name: "status",
    says: "Say how the servers are and how to connect.",
    run: localStatusCommand,
    options: statusOptions,
  },
  { name: "logs [server]", says: "Print what servers wrote.", run: localLogs, options: logsOptions },
  { name: "stop", says: "End the servers. What they store stays.", run: localStop, options: statusOptions },
  {
    name: "down",
    says: "End the servers and remove everything. Refused while they hold messages.",
    run: localDown,
    options: downOptions,
  },
  {
    name: "rotate-key",
    says: "Give the servers a new encryption key, one restart at a time.",
    run: localRotateKey,
    options: changeOptions,
  },
  {
    name: "renew-certificates",
    says: "Make the certificates anew and load them without a restart.",
    run: localRenewCertificates,
    options: changeOptions,
  },
];

/** Adds `headwater local`: clusters of real servers on this machine. */
export function addLocalCommand(program: Command, io: Io, done: { code: number }): void {
  const root = program
    .command("local")
    .description("Run clusters of real nats-servers on this machine.")
    .helpCommand(false);
  for (const { name, says, run, options, help = "" } of COMMANDS) {
    const command = root.command(name).description(says).addHelpText("after", help);
    command.showHelpAfterError(`Try: headwater local ${command.name()} --help`);
    for (const option of options()) command.addOption(option);
    // Commander hands over arguments, options and the command, in this order.
    command.action(async (...given: unknown[]) => {
      const server = given.length > 2 ? (given[0] as string | undefined) : undefined;
      done.code = await runLocal(run, command.opts<LocalOptions>(), io, server);
    });
  }
}
