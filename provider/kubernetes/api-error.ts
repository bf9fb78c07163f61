import { type Finding, HeadwaterError } from "../../model/finding";
import { forwardFinding } from "./forward-finding";

const CREDENTIALS = new Set([401, 403]);

/** What was asked of the API, in the words of its errors. */
export interface Asked {
  readonly what: string;
  readonly missing: string;
  /** What the user of the kubeconfig has to be granted. */
  readonly grant: string;
}

const FORWARD: Asked = {
  what: "the port-forward",
  missing: "there is no such Service",
  grant: "get on services, list on pods, and get and create on pods/portforward",
};

/** Turns what the Kubernetes API answered into the one error users see. */
export function apiError(error: unknown, name: string, asked = FORWARD): HeadwaterError {
  return error instanceof HeadwaterError ? error : new HeadwaterError([findingOf(error, name, asked)]);
}

function findingOf(error: unknown, name: string, { what, missing, grant }: Asked): Finding {
  const status = statusOf(error);
  const words = wordsOf(error);
  if (CREDENTIALS.has(status)) {
    return forwardFinding(
      "CN109",
      name,
      `Kubernetes refused ${what} ("${words}", ${status})`,
      `Grant the user of the kubeconfig ${grant} there.`,
    );
  }
  if (status === 404) return forwardFinding("CN110", name, missing, "Check nats:portForward.");
  return forwardFinding(
    "CN112",
    name,
    `the Kubernetes API did not do it ("${words}")`,
    "Check that the kubeconfig's cluster can be reached, and that the pods listen.",
  );
}

// A refused request carries the status as `code`; a refused WebSocket says it in words.
function statusOf(error: unknown): number {
  const { code, message = "" } = (error ?? {}) as { code?: unknown; message?: string };
  if (typeof code === "number") return code;
  return Number(/server response: (\d{3})/.exec(message)?.[1] ?? 0);
}

function wordsOf(error: unknown): string {
  const { body, message = "", cause } = (error ?? {}) as { body?: unknown; message?: string; cause?: unknown };
  // Without a body that says it, the client's message has several lines of its own.
  const said = messageIn(body) ?? /^Message: (.+)$/m.exec(message)?.[1] ?? message;
  const reason = cause instanceof Error && cause.message ? cause.message : said;
  return (reason || "no reason given").split("\n")[0] as string;
}

function messageIn(body: unknown): string | undefined {
  try {
    const parsed = (typeof body === "string" ? JSON.parse(body) : body) as { message?: string } | undefined;
    return parsed?.message;
  } catch {
    return undefined;
  }
}
