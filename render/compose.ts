import type { ClusterSpec } from "../model/cluster/cluster-spec";
import { effectiveCluster, type PortName } from "../model/cluster/effective";
import { throwFindings } from "../model/finding";
import { parseDuration } from "../model/units";
import { bindMounts, composePlace } from "./compose/place";
import { composeVariables } from "./compose/variables";
import { contradictions } from "./contradictions";
import { serverNames } from "./files/conf-files";
import { fileFindings } from "./files/file-findings";
import { imageOf } from "./image";
import { natsConf } from "./nats-conf";
import { natsConfig } from "./nats-config";
import { plain } from "./plain";

/** A cluster for docker compose. */
export interface Compose {
  /** The content of `compose.yaml`. */
  readonly compose: Readonly<Record<string, unknown>>;
  /** `nats.conf` of each server, by its path beside `compose.yaml`. */
  readonly files: Readonly<Record<string, string>>;
  /** Variables that `.env` or the environment must have. */
  readonly variables: readonly string[];
}

/**
 * A cluster as services of docker compose, each with a volume and a configuration of its own. Secrets are variables that
 * compose asks for. Throws findings for certificates and credentials that are no files of this machine.
 */
export function composeFile(spec: ClusterSpec): Compose {
  throwFindings([...fileFindings(spec), ...contradictions(spec)]);
  const servers = serverNames(spec);
  const { variables, environment } = composeVariables(spec);
  const services = servers.map((server, i) => [server, service(spec, server, i, environment)] as const);
  const configs = servers.map((server) => [server, { file: `./${server}.conf` }] as const);
  const volumes = servers.map((server) => [server, {}] as const);
  const files = servers.map((server, i) => {
    const tree = natsConfig(spec, composePlace(spec, i));
    return [`${server}.conf`, natsConf(tree)] as const;
  });
  return {
    compose: plain({
      name: spec.name,
      services: Object.fromEntries(services),
      configs: Object.fromEntries(configs),
      volumes: Object.fromEntries(volumes),
    }),
    files: Object.fromEntries(files),
    variables,
  };
}

function service(spec: ClusterSpec, server: string, index: number, environment: Record<string, string>) {
  const { lameDuck, ports } = effectiveCluster(spec);
  const scheme = spec.monitoring?.https ? "https" : "http";
  const health = `${scheme}://127.0.0.1:${ports.monitor}/healthz?js-server-only=true`;
  return {
    image: imageOf(spec),
    command: ["--config", "/etc/nats/nats.conf"],
    restart: "unless-stopped",
    environment: Object.keys(environment).length > 0 ? environment : undefined,
    // Each server's ports are a hundred apart on this machine.
    ports: published(spec).map((name) => `${ports[name] + index * 100}:${ports[name]}`),
    configs: [{ source: server, target: "/etc/nats/nats.conf" }],
    volumes: [`${server}:/data`, ...bindMounts(spec)],
    healthcheck: {
      test: ["CMD", "wget", "--quiet", "--spider", "--no-check-certificate", health],
      interval: "5s",
      timeout: "3s",
      retries: 12,
      start_period: "10s",
    },
    // Lame duck mode: clients are sent away before the server ends.
    stop_signal: "SIGUSR2",
    stop_grace_period: `${Math.ceil(Number(parseDuration(lameDuck.duration) ?? 0n) / 1e9) + 30}s`,
  };
}

function published({ leafNodes, websocket, gateway }: ClusterSpec): PortName[] {
  return [
    "client",
    "monitor",
    ...(leafNodes?.listen ? (["leafNodes"] as const) : []),
    ...(websocket ? (["websocket"] as const) : []),
    ...(gateway ? (["gateway"] as const) : []),
  ];
}
