import type { TlsSide, TlsSideName } from "../../model/cluster/tls-spec";
import { isOlder } from "../../model/version";
import type { ConfigTree } from "../config-tree";
import type { TlsFiles } from "../server-place";
import { seconds } from "./amounts";

/** Since which version a side can begin with TLS before the server's greeting. */
const HANDSHAKE_FIRST: Partial<Record<TlsSideName, string>> = { client: "2.10.4", leafNodes: "2.11.0" };

/** The `tls` block of one side. */
export function tlsConfig(side: TlsSide, files: TlsFiles, name: TlsSideName, version: string): ConfigTree {
  const since = HANDSHAKE_FIRST[name];
  return {
    cert_file: files.certFile,
    key_file: files.keyFile,
    ca_file: files.caFile,
    verify: side.verify,
    verify_and_map: side.verifyAndMap,
    timeout: seconds(side.timeout),
    min_version: side.minVersion,
    cipher_suites: side.cipherSuites,
    curve_preferences: side.curvePreferences,
    handshake_first: since && !isOlder(version, since) ? side.handshakeFirst : undefined,
  };
}
