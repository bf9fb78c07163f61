/** What is read of an operator's or account's JWT. */
export interface Claims {
  readonly sub?: unknown;
  readonly nats?: { readonly type?: unknown; readonly system_account?: unknown };
}

/** The claims of a JWT, `undefined` for what is none. The signature is the servers' to check. */
export function claimsOf(jwt: string): Claims | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString("utf8"));
    return typeof claims === "object" && claims !== null ? claims : undefined;
  } catch {
    return undefined;
  }
}
