import { checkServerIdentity, type PeerCertificate } from "node:tls";

/** Where a URL of a server leads, without scheme, login and port. */
export function hostOf(server: string): string {
  return server
    .replace(/^\w+:\/\//, "")
    .replace(/:\d+$/, "")
    .replace(/^\[|\]$/g, "");
}

// What Node takes for the name when there is none: the client gives none for an address.
const NAMELESS = "localhost";

/**
 * Checks a certificate for the name that was dialed, and where an address was dialed, for that address. Of several addresses
 * any will do: all of them are servers the user means.
 */
export function identityOf(servers: readonly string[]) {
  const hosts = servers.map(hostOf);
  const addresses = hosts.filter((host) => /^[\d.]+$|:/.test(host));
  return (host: string, certificate: PeerCertificate): Error | undefined => {
    const meant = host === NAMELESS && !hosts.includes(NAMELESS) && addresses.length > 0 ? addresses : [host];
    const problems = meant.map((name) => checkServerIdentity(name, certificate));
    return problems.includes(undefined) ? undefined : problems[0];
  };
}
