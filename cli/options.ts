import { InvalidArgumentError, Option } from "commander";
import { presets } from "../policies/rule";
import { formats } from "./formats";
import { TARGETS } from "./render/targets";

const option = (flags: string, text: string) => new Option(flags, text);

const login = () => [
  option("--user <name>", "user to log in with; the password is read from a file or NATS_PASSWORD"),
  option("--password-file <file>", "file that holds the password"),
  option("--token-file <file>", "file that holds a token; else NATS_TOKEN, where there is no other login"),
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
];

const looks = () => [
  option("--no-color", "no colors; so does NO_COLOR, and FORCE_COLOR turns them on"),
  option("--quiet", "print findings only, and no progress"),
];

/** What `headwater check` takes. */
export function checkOptions(): Option[] {
  return [
    option("--format <format>", "how to report").choices(Object.keys(formats)).default("text"),
    option("--json", "the same as --format json").conflicts("format"),
    option("--output <file>", "write the report to a file, and one line of summary to the terminal"),
    option("--server-version <version>", "judge as this version of nats-server would").conflicts("server"),
    option("--server <urls>", "judge against a live account: its version, limits and streams").argParser(notEmpty),
    option("--policies", "judge by the rules of the organization as well; without files, the live account itself"),
    option("--preset <environment>", "levels of the rules (default: preset of the policy file, or prod)").choices([
      ...presets,
    ]),
    option("--config <file>", "levels and options by rule, over those of the policy file"),
    option("--policy-file <file>", "policy file (default: headwater.policy.json, here or above)"),
    ...login(),
    ...looks(),
  ];
}

/** What `headwater plan` takes. */
export function planOptions(): Option[] {
  return [
    option("--server <urls>", "the live account to plan against").argParser(notEmpty).makeOptionMandatory(),
    option("--json", "the plan as JSON"),
    ...login(),
    ...looks(),
  ];
}

/** What `headwater apply` takes. */
export function applyOptions(): Option[] {
  return [
    option("--server <urls>", "the live account to change").argParser(notEmpty).makeOptionMandatory(),
    option("--owner <project/stack>", "whose stamp everything gets (default: headwater/apply)").argParser(ownerName),
    option("--adopt", "take over assets that exist and carry no stamp"),
    option("--adopt-from <project/stack>", "take over assets that carry this stamp as well").argParser(ownerName),
    option("--prune", "delete what carries the stamp of --owner and is declared no more, unless it holds messages"),
    option("--json", "what was done, as JSON"),
    ...login(),
    ...looks(),
  ];
}

/** What `headwater render` takes. */
export function renderOptions(): Option[] {
  return [
    option("--to <what>", "what to write").choices(Object.keys(TARGETS)).makeOptionMandatory(),
    option("--output <path>", "the file to write; a folder where there are several or the path ends with /"),
    option("--cluster <name>", "of a cluster: which one of the file"),
    option("--hosts <hosts>", "conf: the host of each server, as the others reach it, with commas").argParser(commas),
    option("--store-dir <folder>", "conf: where servers store (default: /var/lib/nats)"),
    option("--namespace <name>", "nack, job: namespace of the objects"),
    option("--nats-server <urls>", "nack, job: servers as pods reach them, with commas").argParser(commas),
    option("--account <name>", "nack: the Account that says how to reach the servers").conflicts("natsServer"),
    option("--previous <file>", "nack, event-bus: what was rendered before, to judge edits against"),
    option(
      "--updates <which>",
      "nack: edits the controller may make (default: guarded, those that were judged)",
    ).choices(["guarded", "apply", "never"]),
    option("--image <image>", "job: the image that runs headwater"),
    option("--name <name>", "job: what the names of its objects begin with (default: headwater)"),
    option("--user <name>", "job: user to log in with"),
    option(
      "--secret <what=name/key>",
      `job: a key of a Secret to log in with, may be repeated: ${SECRETS.join(", ")}`,
    ).argParser(secretKey),
    option("--owner <project/stack>", "job: whose stamp everything gets (default: headwater/apply)").argParser(
      ownerName,
    ),
    option("--prune", "job: delete what carries the stamp of --owner and is declared no more"),
    option("--no-color", "no colors; so does NO_COLOR, and FORCE_COLOR turns them on"),
    option("--quiet", "print errors only"),
  ];
}

const SECRETS = ["password", "creds", "nkey", "token", "tls-ca", "tls-cert", "tls-key"];

type SecretKeys = Readonly<Record<string, { readonly secretName: string; readonly key: string }>>;

function secretKey(value: string, before: SecretKeys = {}): SecretKeys {
  const [, what = "", secretName = "", key = ""] = /^([a-z-]+)=([^/=]+)\/([^/]+)$/.exec(value) ?? [];
  // What is written in place of a name may be the secret itself.
  if (!SECRETS.includes(what))
    throw new InvalidArgumentError(
      `Write WHAT=SECRET/KEY, such as creds=nats-deploy/deploy.creds; WHAT is one of ${SECRETS.join(", ")}.`,
    );
  if (before[what]) throw new InvalidArgumentError(`There is a ${what} already.`);
  return { ...before, [what]: { secretName, key } };
}

function ownerName(value: string): string {
  if (!/^[^/\s]+\/[^/\s]+$/.test(value)) throw new InvalidArgumentError("Write PROJECT/STACK, such as shop/prod.");
  return value;
}

const commas = (value: string) => notEmpty(value).split(",");

function notEmpty(value: string): string {
  if (value.trim() === "") throw new InvalidArgumentError("Name a server, such as nats://localhost:4222.");
  return value;
}
