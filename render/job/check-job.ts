import type { Finding } from "../../model/finding";
import { showValue } from "../../model/walk";
import { provisioningJobSchema } from "./provisioning-job-spec";

// Whoever writes a secret into the wrong place must not find it in a log.
const MAY_BE_SECRET = ["login", "tls", "servers"];
const CREDENTIALS = /\/\/[^/\s]*@/;

/** What is wrong with what a provisioning job is told. */
export function checkJob(args: Readonly<Record<string, unknown>>): Finding[] {
  const name = typeof args.name === "string" ? args.name : "?";
  const about = (field: string, problem: string, remedy: string): Finding => ({
    code: "PJ101",
    severity: "error",
    kind: "provisioning job",
    name,
    field,
    problem,
    remedy,
  });
  const { topology: _, ...told } = args;
  const shape = provisioningJobSchema.safeParse(told).error?.issues ?? [];
  const found = shape.flatMap((issue) => {
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) =>
        about(pathOf([...issue.path, key]), "is not a known field", "Remove it, or correct its spelling."),
      );
    const field = pathOf(issue.path);
    const value = issue.path.reduce<unknown>(
      (at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
      told,
    );
    if (value === undefined) return [about(field, "is required", "Set it.")];
    const got = MAY_BE_SECRET.includes(String(issue.path[0])) ? "" : `, got ${showValue(value)}`;
    return [about(field, `${issue.message}${got}`, "Correct the value.")];
  });
  return found.length > 0 ? found : contradictions(args, about);
}

type About = (field: string, problem: string, remedy: string) => Finding;

// k8s.io/apimachinery pkg/util/validation IsDNS1123Subdomain and IsConfigMapKey.
const SECRET = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const SECRET_KEY = /^(?!\.\.?$)[-._a-zA-Z0-9]{1,253}$/;

function wrongReferences(at: string, told: unknown, about: About): Finding[] {
  return Object.entries((told ?? {}) as object).flatMap(([what, from]) => {
    const { secretName, key } = (from ?? {}) as Record<string, string>;
    if (secretName === undefined || key === undefined || (SECRET.test(secretName) && SECRET_KEY.test(key))) return [];
    return [about(`${at}.${what}`, "is no name of a Secret, or no key of one", "Correct the value.")];
  });
}

function contradictions(
  { servers, login, tls, prune, owner }: Readonly<Record<string, unknown>>,
  about: About,
): Finding[] {
  const { cert, key } = (tls ?? {}) as Record<string, unknown>;
  const withLogin = (servers as string[]).some((url) => CREDENTIALS.test(url));
  return [
    ...wrongReferences("login", login, about),
    ...wrongReferences("tls", tls, about),
    ...(withLogin
      ? [about("servers", "contain a login, and manifests hold no secret", "Remove it from the URL, and set login.")]
      : []),
    ...((cert === undefined) === (key === undefined)
      ? []
      : [about("tls", "has one of cert and key", "Set both, or neither.")]),
    ...(prune && owner === undefined
      ? [about("prune", "needs owner", "Set owner: what carries another stamp is not deleted.")]
      : []),
    ...(owner === undefined || /^[^/\s]+\/[^/\s]+$/.test(String(owner))
      ? []
      : [about("owner", `must be PROJECT/STACK, got ${showValue(owner)}`, "Correct the value.")]),
  ];
}

const pathOf = (path: readonly PropertyKey[]) =>
  path.map((key, i) => (typeof key === "number" ? `[${key}]` : `${i ? "." : ""}${String(key)}`)).join("");
