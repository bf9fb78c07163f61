import { AuthorizationError, UserAuthenticationExpiredError } from "@nats-io/transport-node";
import { type Finding, HeadwaterError } from "../model/finding";
import type { Settings } from "./settings";

/** Whether a second attempt cannot succeed where this one failed. */
export function isFinal(error: unknown): boolean {
  return isLogin(error) || isSetup(error) || isFinalFinding(error);
}

// A Service and its pods may be on their way; the other findings stay as they are.
const PASSING = new Set(["CN110", "CN111", "CN112"]);

function isFinalFinding(error: unknown): boolean {
  return error instanceof HeadwaterError && !PASSING.has(error.code);
}

function isLogin(error: unknown): boolean {
  return error instanceof AuthorizationError || error instanceof UserAuthenticationExpiredError;
}

const SETUP = /nkeys:|doesn't exist|parse credentials|certificate|ERR_(SSL|TLS|OSSL)|UNABLE_TO_|self.signed/i;

// What no second attempt can mend: an unreadable file, a seed that is none, a certificate that does not fit.
function isSetup(error: unknown): boolean {
  const { code, name, message } = rootCause(error as Error) as Error & { code?: string };
  return code === "ENOENT" || name === "InvalidArgumentError" || SETUP.test(`${code ?? ""} ${message}`);
}

/** What users see of a connection that was not made. */
export function connectError(settings: Settings, error: Error): HeadwaterError {
  if (error instanceof HeadwaterError) return error;
  const base = { severity: "error", kind: "provider", name: settings.servers.join(","), field: "" } as const;
  const reason = wordsOf(rootCause(error).message || error.message);
  const finding: Finding = isLogin(error)
    ? {
        ...base,
        code: "CN102",
        problem: `the server refused the login ("${reason}")`,
        remedy: "Check the user, password, token or key of the provider.",
      }
    : isSetup(error)
      ? {
          ...base,
          code: "CN103",
          problem: `the connection cannot be set up ("${reason}")`,
          remedy: "Check the provider's TLS options and keys.",
        }
      : {
          ...base,
          code: "CN101",
          problem: `no server answered within ${settings.connectTimeoutMs / 1000} s ("${reason}")`,
          remedy: "Check nats:servers and that the servers run; nats:connectTimeout waits longer.",
        };
  return new HeadwaterError([finding]);
}

// OpenSSL puts its sources around the one thing it has to say.
function wordsOf(message: string): string {
  const [line = ""] = message.split("\n");
  return /SSL routines:[^:]*:([^:]+)/.exec(line)?.[1] ?? line;
}

function rootCause(error: Error): Error {
  return error.cause instanceof Error ? rootCause(error.cause) : error;
}
