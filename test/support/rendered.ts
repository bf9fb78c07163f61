import { join } from "node:path";
import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { secretsOf } from "../../model/cluster/secrets-of";
import { natsConf } from "../../render/nats-conf";
import { natsConfig } from "../../render/nats-config";
import { confText, serverVariables } from "../../render/server-environment";
import type { ServerPlace } from "../../render/server-place";
import { startConfigured, type TestServer } from "./nats";

/** Starts one server with the configuration rendered from a cluster whose secrets are values. */
export function startRendered(spec: ClusterSpec): Promise<TestServer> {
  const variables = new Map(secretsOf(spec).map(({ path, variable }) => [path, variable]));
  const env = Object.fromEntries(
    serverVariables(spec).flatMap((variable) => {
      if (variable.kind !== "secret") return [];
      const { source } = variable.secret;
      return "value" in source ? [[variable.name, confText(source.value)]] : [];
    }),
  );
  return startConfigured(
    ({ ports: [client, monitor], folder }) => {
      const place: ServerPlace = {
        serverName: spec.name,
        host: "127.0.0.1",
        ports: { client, monitor, cluster: 0, leafNodes: 0, gateway: 0, websocket: 0 },
        storeDir: join(folder, "store"),
        routes: [],
        tlsFiles: (side) => {
          const { certFile = "", keyFile = "", caFile } = spec.tls?.[side] ?? {};
          return { certFile, keyFile, ...(caFile && { caFile }) };
        },
        remoteFiles: () => ({}),
        variable: (path) => variables.get(path) as string,
      };
      return natsConf(natsConfig(spec, place));
    },
    { version: spec.version, env },
  );
}
